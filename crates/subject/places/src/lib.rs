//! Where things are: points, the three coordinate systems of Chinese maps, true metres, and an index that finds the nearest.
//! Pure. A [`Point`] is always WGS-84 in whole ten-millionths of a degree (about a centimetre); [`Coordinates`] say of which
//! system they are and are converted at the edge, so that two systems can't be mixed by accident.

mod degrees;
mod distance;
mod index;
mod marks;
mod point;
mod shift;
mod system;

pub use degrees::Degrees;
pub use distance::Distance;
pub use index::{Index, Near, Wanted};
pub use marks::Marks;
pub use point::{Point, PointProblem};
pub use system::{Coordinates, System};
