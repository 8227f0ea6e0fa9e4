//! Which way up: forces leave open how a layout is turned and whether it is mirrored.

use super::{mix, point};

/// How a connected part is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// So that nodes come as near as possible to places that their keys stand for: a small change of the graph
    /// leaves what has not changed where it was.
    Steady,
    /// Its longer side lies, as pages and screens have it; mirrored as for `Steady`.
    Wide,
}

/// Turns and mirrors the points around the origin.
pub(super) fn turn(points: &mut [[f32; 2]], seeds: &[u64], weights: &[f32], how: Turn) {
    let centre = super::force::centre(points, weights);
    points.iter_mut().for_each(|p| *p = [p[0] - centre[0], p[1] - centre[1]]);
    match how {
        Turn::Steady => steady(points, seeds, weights),
        Turn::Wide => wide(points, seeds, weights),
    }
}

/// Sums of weight times a coordinate of the point times a coordinate of its key's place: xx, xy, yx, yy.
fn agreement(points: &[[f32; 2]], seeds: &[u64], weights: &[f32]) -> [f64; 4] {
    let mut sums = [0.0f64; 4];
    for ((p, s), w) in points.iter().zip(seeds).zip(weights) {
        let r = point(mix(*s));
        for (k, sum) in sums.iter_mut().enumerate() {
            *sum += f64::from(*w) * f64::from(p[k / 2]) * f64::from(r[k % 2]);
        }
    }
    sums
}

/// The rotation, or the rotation after mirroring, with the least squares to the keys' places (Procrustes).
fn steady(points: &mut [[f32; 2]], seeds: &[u64], weights: &[f32]) {
    let [xx, xy, yx, yy] = agreement(points, seeds, weights);
    let plain = (xx + yy, xy - yx);
    let mirrored = (xx - yy, xy + yx);
    let size = |(a, b): (f64, f64)| a * a + b * b;
    let ((cos, sin), flip) = if size(mirrored) > size(plain) { (mirrored, -1.0) } else { (plain, 1.0) };
    let length = size((cos, sin)).sqrt();
    if length > 0.0 {
        rotate(points, cos / length, sin / length, flip);
    }
}

/// The axis of greatest variance lies.
fn wide(points: &mut [[f32; 2]], seeds: &[u64], weights: &[f32]) {
    let (mut xx, mut xy, mut yy) = (0.0f64, 0.0f64, 0.0f64);
    for p in points.iter() {
        let (x, y) = (f64::from(p[0]), f64::from(p[1]));
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y);
    }
    let half = (xx - yy) / 2.0;
    let greater = (xx + yy) / 2.0 + (half * half + xy * xy).sqrt();
    // of the two ways to write the vector the one that does not cancel
    let (x, y) = if half >= 0.0 { (greater - yy, xy) } else { (xy, greater - xx) };
    let length = (x * x + y * y).sqrt();
    if length > 0.0 {
        rotate(points, x / length, -y / length, 1.0);
    }
    let [xx, _, _, yy] = agreement(points, seeds, weights);
    let sign = |x: f64| if x < 0.0 { -1.0 } else { 1.0 };
    points.iter_mut().for_each(|p| *p = [p[0] * sign(xx), p[1] * sign(yy)]);
}

fn rotate(points: &mut [[f32; 2]], cos: f64, sin: f64, flip: f64) {
    for p in points {
        let (x, y) = (f64::from(p[0]), f64::from(p[1]) * flip);
        *p = [(x * cos - y * sin) as f32, (x * sin + y * cos) as f32];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cloud() -> (Vec<[f32; 2]>, Vec<u64>, Vec<f32>) {
        let seeds: Vec<u64> = (0..60).map(|i| mix(i + 7)).collect();
        let points = (0..60).map(|i| point(mix(i))).map(|[x, y]| [x * 3.0, y]).collect();
        (points, seeds, vec![1.0; 60])
    }

    #[test]
    fn however_it_came_it_is_turned_the_same() {
        for how in [Turn::Steady, Turn::Wide] {
            let (mut first, seeds, weights) = cloud();
            let mut second = first.clone();
            rotate(&mut second, 0.6, 0.8, -1.0);
            turn(&mut first, &seeds, &weights, how);
            turn(&mut second, &seeds, &weights, how);
            let off = first.iter().zip(&second).map(|(a, b)| (a[0] - b[0]).abs() + (a[1] - b[1]).abs());
            assert!(off.fold(0.0, f32::max) < 1e-3, "{how:?}");
        }
    }

    #[test]
    fn the_longer_side_lies() {
        let (mut points, seeds, weights) = cloud();
        rotate(&mut points, 0.0, 1.0, 1.0);
        turn(&mut points, &seeds, &weights, Turn::Wide);
        let extent = |k: usize| points.iter().map(|p| p[k].abs()).fold(0.0, f32::max);
        assert!(extent(0) > 2.0 * extent(1));
    }
}
