//! Which way up: forces leave open how a layout is turned.

/// How a connected part is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// As it came: the start, and so the whole, follows the keys.
    Steady,
    /// Its longer side lies, as pages and screens have it; the less, the rounder it is, for a round one may have its
    /// longer side anywhere.
    Wide,
}

/// How much longer one side must be for a turn to be worth it: the weight of staying, as a share of the spread.
const STAY: f64 = 0.1;

/// Turns the points around the origin.
pub(super) fn turn(points: &mut [[f32; 2]], weights: &[f32], how: Turn) {
    let centre = super::force::centre(points, weights);
    points.iter_mut().for_each(|p| *p = [p[0] - centre[0], p[1] - centre[1]]);
    if how == Turn::Wide {
        wide(points);
    }
}

/// The axis of greatest variance lies. Twice its angle is the direction of (xx − yy, 2xy); what speaks for staying is
/// added to that.
fn wide(points: &mut [[f32; 2]]) {
    let (mut xx, mut xy, mut yy) = (0.0f64, 0.0f64, 0.0f64);
    for p in points.iter() {
        let (x, y) = (f64::from(p[0]), f64::from(p[1]));
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let (along, across) = (xx - yy + STAY * (xx + yy), 2.0 * xy);
    let length = (along * along + across * across).sqrt();
    if length > 0.0 {
        // the half of the angle, by its cosine
        let cos = ((1.0 + along / length) / 2.0).sqrt();
        let sin = ((1.0 - along / length) / 2.0).max(0.0).sqrt().copysign(across);
        rotate(points, cos, -sin);
    }
}

fn rotate(points: &mut [[f32; 2]], cos: f64, sin: f64) {
    for p in points {
        let (x, y) = (f64::from(p[0]), f64::from(p[1]));
        *p = [(x * cos - y * sin) as f32, (x * sin + y * cos) as f32];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{mix, point};

    fn cloud(wide: f32) -> Vec<[f32; 2]> {
        (0..60).map(|i| point(mix(i))).map(|[x, y]| [x * wide, y]).collect()
    }

    #[test]
    fn the_longer_side_lies() {
        let extent = |points: &[[f32; 2]], k: usize| points.iter().map(|p| p[k].abs()).fold(0.0, f32::max);
        for (cos, sin) in [(0.0, 1.0), (0.6, 0.8), (0.6, -0.8), (0.8, 0.6)] {
            let mut points = cloud(3.0);
            rotate(&mut points, cos, sin);
            turn(&mut points, &[1.0; 60], Turn::Wide);
            assert!(extent(&points, 0) > 2.0 * extent(&points, 1), "{cos} {sin}");
        }
    }

    #[test]
    fn what_is_round_stays() {
        let mut points = cloud(1.0);
        turn(&mut points, &[1.0; 60], Turn::Steady);
        let before = points.clone();
        turn(&mut points, &[1.0; 60], Turn::Wide);
        let off = points.iter().zip(&before).map(|(p, q)| (p[0] - q[0]).hypot(p[1] - q[1]));
        assert!(off.fold(0.0, f32::max) < 0.5);
    }
}
