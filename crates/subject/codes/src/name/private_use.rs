//! Han characters that old systems kept in the private use area, before Unicode had them (FE50–FEA0 of GB 18030-2000).

/// Old code and the character that it stands for today, in ascending order.
#[rustfmt::skip]
const TODAY: [(char, char); 66] = [
    ('\u{E816}', '\u{20087}'), ('\u{E817}', '\u{20089}'), ('\u{E818}', '\u{200CC}'), ('\u{E81A}', '\u{3473}'), ('\u{E81B}', '\u{3447}'),
    ('\u{E81E}', '\u{9FB4}'), ('\u{E81F}', '\u{359E}'), ('\u{E820}', '\u{361A}'), ('\u{E821}', '\u{360E}'), ('\u{E824}', '\u{396E}'),
    ('\u{E825}', '\u{3918}'), ('\u{E826}', '\u{9FB5}'), ('\u{E827}', '\u{39CF}'), ('\u{E828}', '\u{39DF}'), ('\u{E829}', '\u{3A73}'),
    ('\u{E82A}', '\u{39D0}'), ('\u{E82B}', '\u{9FB6}'), ('\u{E82C}', '\u{9FB7}'), ('\u{E82D}', '\u{3B4E}'), ('\u{E82E}', '\u{3C6E}'),
    ('\u{E82F}', '\u{3CE0}'), ('\u{E831}', '\u{215D7}'), ('\u{E832}', '\u{9FB8}'), ('\u{E834}', '\u{4056}'), ('\u{E835}', '\u{415F}'),
    ('\u{E837}', '\u{4337}'), ('\u{E83B}', '\u{2298F}'), ('\u{E83C}', '\u{43B1}'), ('\u{E83D}', '\u{43AC}'), ('\u{E83F}', '\u{43DD}'),
    ('\u{E840}', '\u{44D6}'), ('\u{E841}', '\u{4661}'), ('\u{E842}', '\u{464C}'), ('\u{E843}', '\u{9FB9}'), ('\u{E844}', '\u{4723}'),
    ('\u{E845}', '\u{4729}'), ('\u{E846}', '\u{477C}'), ('\u{E847}', '\u{478D}'), ('\u{E849}', '\u{4947}'), ('\u{E84A}', '\u{497A}'),
    ('\u{E84B}', '\u{497D}'), ('\u{E84C}', '\u{4982}'), ('\u{E84D}', '\u{4983}'), ('\u{E84E}', '\u{4985}'), ('\u{E84F}', '\u{4986}'),
    ('\u{E850}', '\u{499F}'), ('\u{E851}', '\u{499B}'), ('\u{E852}', '\u{49B7}'), ('\u{E853}', '\u{49B6}'), ('\u{E854}', '\u{9FBA}'),
    ('\u{E855}', '\u{241FE}'), ('\u{E856}', '\u{4CA3}'), ('\u{E857}', '\u{4C9F}'), ('\u{E858}', '\u{4CA0}'), ('\u{E859}', '\u{4CA1}'),
    ('\u{E85A}', '\u{4C77}'), ('\u{E85B}', '\u{4CA2}'), ('\u{E85C}', '\u{4D13}'), ('\u{E85D}', '\u{4D14}'), ('\u{E85E}', '\u{4D15}'),
    ('\u{E85F}', '\u{4D16}'), ('\u{E860}', '\u{4D17}'), ('\u{E861}', '\u{4D18}'), ('\u{E862}', '\u{4D19}'), ('\u{E863}', '\u{4DAE}'),
    ('\u{E864}', '\u{9FBB}'),
];

/// The character of today; any other sign stays.
pub(super) fn modern(sign: char) -> char {
    TODAY
        .binary_search_by_key(&sign, |(old, _)| *old)
        .ok()
        .and_then(|at| TODAY.get(at))
        .map_or(sign, |(_, today)| *today)
}
