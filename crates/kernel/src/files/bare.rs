//! Pictures without what a camera writes beside them: where a photo was taken, when, by which phone, and smaller pictures of
//! the same. How the picture is to be turned stays, and its colours look as before: nothing is decoded. What lies behind its
//! end, such as a film of the moment, is left.

use std::{borrow::Cow, io::Cursor};

use axum::body::Bytes;
use exif::{Exif, Field, In, Reader, Tag, Value, experimental::Writer};
use img_parts::{
    ImageEXIF,
    jpeg::{Jpeg, JpegSegment, markers},
    png::Png,
};

/// The file without it, or as it came if it is no picture or can't be walked through.
pub(super) fn bare<'b>(media_type: &str, bytes: &'b [u8]) -> Cow<'b, [u8]> {
    let came = || Bytes::copy_from_slice(bytes);
    let bare = match media_type {
        "image/jpeg" => Jpeg::from_bytes(came()).ok().map(jpeg),
        "image/png" => Png::from_bytes(came()).ok().map(png),
        _ => None,
    };
    bare.map_or(Cow::Borrowed(bytes), |bare| Cow::Owned(bare.to_vec()))
}

fn jpeg(mut picture: Jpeg) -> Bytes {
    let turn = picture.exif().and_then(|notes| turn(&Reader::new().read_raw(notes.to_vec()).ok()?));
    picture.segments_mut().retain(is_kept);
    picture.set_exif(turn.and_then(turned).map(Bytes::from));
    picture.encoder().bytes()
}

/// What a picture needs to be shown as it is meant: of the programs' segments the head, colours and Adobe's way of them.
fn is_kept(segment: &JpegSegment) -> bool {
    match segment.marker() {
        markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
        markers::APP1 | markers::APP3..=markers::APP13 | markers::APP15 | markers::COM => false,
        _ => true,
    }
}

/// How a picture is to be turned, by the notes of its camera, unless it stands upright.
fn turn(notes: &Exif) -> Option<u16> {
    let turn = notes.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u16::try_from(turn).ok().filter(|turn| (2..=8).contains(turn))
}

/// Notes that say only how the picture is to be turned.
fn turned(turn: u16) -> Option<Vec<u8>> {
    let field = Field { tag: Tag::Orientation, ifd_num: In::PRIMARY, value: Value::Short(vec![turn]) };
    let (mut notes, mut file) = (Writer::new(), Cursor::new(Vec::new()));
    notes.push_field(&field);
    notes.write(&mut file, false).ok()?;
    Some(file.into_inner())
}

/// A PNG without its chunks of texts, notes and times.
fn png(mut picture: Png) -> Bytes {
    picture.chunks_mut().retain(|chunk| !matches!(&chunk.kind(), b"eXIf" | b"tEXt" | b"zTXt" | b"iTXt" | b"tIME"));
    picture.encoder().bytes()
}

#[cfg(test)]
mod tests {
    use img_parts::png::PngChunk;
    use proptest::prelude::*;

    use super::*;

    const PLACE: &[u8] = b"N 40.8 E 111.6";

    fn segment(mark: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, mark], &length[..], body].concat()
    }

    /// The notes of a camera: how the picture is turned, and where it was taken.
    fn notes(is_big: bool, turn: u16) -> Vec<u8> {
        let short = |number: u16| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let long = |number: u32| if is_big { number.to_be_bytes() } else { number.to_le_bytes() };
        let entry = |tag, kind, value: [u8; 2]| [&short(tag)[..], &short(kind), &long(1), &value, &[0, 0]].concat();
        let head = if is_big { b"MM\0*" } else { b"II*\0" };
        let entries = [entry(271, 3, short(1)), entry(274, 3, short(turn))].concat();
        [b"Exif\0\0", &head[..], &long(8), &short(2), &entries, &long(0), PLACE].concat()
    }

    fn photo(notes: &[u8]) -> Vec<u8> {
        let scan = b"\x12\xFF\x00\x34\xFF\xD1\x56";
        [
            vec![0xFF, markers::SOI],
            segment(markers::APP0, b"JFIF\0"),
            segment(markers::APP1, notes),
            segment(markers::APP1, &[b"http://ns.adobe.com/xap/1.0/\0", PLACE].concat()),
            segment(markers::APP2, b"ICC_PROFILE\0colours"),
            segment(markers::APP2, b"MPF\0"),
            segment(markers::APP13, PLACE),
            segment(markers::COM, PLACE),
            segment(markers::DQT, b"tables"),
            segment(markers::SOS, b"head"),
            scan.to_vec(),
            segment(markers::SOS, b"next"),
            scan.to_vec(),
            vec![0xFF, markers::EOI],
        ]
        .concat()
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn a_photo_keeps_its_turn_and_tells_no_place() {
        for (is_big, turned) in [(true, 6), (false, 8)] {
            let photo = photo(&notes(is_big, turned));
            let kept = bare("image/jpeg", &photo);
            assert!(!holds(&kept, PLACE) && !holds(&kept, b"MPF"));
            for part in [&b"JFIF"[..], b"ICC_PROFILE", b"tables", b"next", b"\x12\xFF\x00\x34\xFF\xD1\x56\xFF\xD9"] {
                assert!(holds(&kept, part), "{part:?}");
            }
            let notes = Jpeg::from_bytes(Bytes::copy_from_slice(&kept)).unwrap().exif().unwrap();
            assert_eq!(turn(&Reader::new().read_raw(notes.to_vec()).unwrap()), Some(turned));
            assert_eq!(bare("image/jpeg", &kept), kept, "there is nothing more to leave out");
        }
        let upright = photo(&notes(true, 1));
        assert!(!holds(&bare("image/jpeg", &upright), b"Exif"), "one that stands upright needs no notes");
    }

    #[test]
    fn a_photo_that_breaks_off_tells_no_place_either() {
        let photo = photo(&notes(true, 6));
        assert!(!holds(&bare("image/jpeg", &photo[..photo.len() - 2]), PLACE));
    }

    #[test]
    fn a_picture_tells_no_place() {
        let picture = |kinds: &[&[u8; 4]]| {
            let chunk = |kind: &&[u8; 4]| PngChunk::new(**kind, Bytes::from_static(PLACE)).encoder().bytes();
            [b"\x89PNG\r\n\x1a\n".to_vec(), kinds.iter().map(chunk).collect::<Vec<_>>().concat()].concat()
        };
        let told = picture(&[b"IHDR", b"eXIf", b"iTXt", b"IDAT", b"IEND", b"tEXt"]);
        assert_eq!(bare("image/png", &told), picture(&[b"IHDR", b"IDAT", b"IEND"]));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, at: prop::sample::Index, byte: u8) {
            let mut photo = photo(&notes(true, 6));
            let at = at.index(photo.len());
            photo[at] = byte;
            for bytes in [photo, [&[0xFF, markers::SOI, 0xFF][..], &bytes].concat(), [&b"\x89PNG\r\n\x1a\n"[..], &bytes].concat()] {
                let _ = (bare("image/jpeg", &bytes), bare("image/png", &bytes));
            }
        }

        #[test]
        fn what_is_no_picture_comes_as_it_is(bytes: Vec<u8>) {
            prop_assert_eq!(bare("application/pdf", &bytes).into_owned(), bytes);
        }
    }
}
