//! One node in the middle, the others around it on rings: how the surroundings of a hub are read best.
//!
//! Who stands nearer is for the caller to say; on its ring a node keeps the direction that it had. Directions are
//! compared and rings walked without a function whose last bit differs between machines.

use super::overlap::separate;

/// Corners of the line that stands for a ring.
const CORNERS: usize = 720;

/// A ring: an ellipse as a closed line, with the length up to each corner.
struct Ring {
    corners: Vec<[f32; 2]>,
    lengths: Vec<f32>,
}

/// A direction as a number from 0 to 4 that grows with the angle (the way along a square that stands on its corner).
fn direction([x, y]: [f32; 2]) -> f32 {
    let sum = x.abs() + y.abs();
    if sum == 0.0 {
        return 0.0;
    }
    match (x >= 0.0, y >= 0.0) {
        (true, true) => y / sum,
        (false, true) => 1.0 - x / sum,
        (false, false) => 2.0 - y / sum,
        (true, false) => 3.0 + x / sum,
    }
}

/// The point of the circle of radius 1 in a direction.
fn on_circle(direction: f32) -> [f32; 2] {
    let (quarter, share) = (direction as u32 % 4, direction.fract());
    let [x, y] = match quarter {
        0 => [1.0 - share, share],
        1 => [-share, 1.0 - share],
        2 => [share - 1.0, -share],
        _ => [share, share - 1.0],
    };
    let length = (x * x + y * y).sqrt();
    [x / length, y / length]
}

impl Ring {
    fn new([wide, high]: [f32; 2]) -> Ring {
        let corner = |i: usize| {
            let [x, y] = on_circle(4.0 * i as f32 / CORNERS as f32);
            [wide * x, high * y]
        };
        let corners: Vec<[f32; 2]> = (0..CORNERS).map(corner).collect();
        let mut lengths = vec![0.0];
        for i in 0..CORNERS {
            let ([ax, ay], [bx, by]) = (corners[i], corners[(i + 1) % CORNERS]);
            lengths.push(lengths[i] + ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).sqrt());
        }
        Ring { corners, lengths }
    }

    fn length(&self) -> f32 {
        self.lengths[CORNERS]
    }

    /// The point at a length along the ring.
    fn at(&self, length: f32) -> [f32; 2] {
        let length = length.rem_euclid(self.length());
        let i = self.lengths.partition_point(|l| *l <= length).clamp(1, CORNERS) - 1;
        self.corners[i]
    }

    /// The room along the ring that a box takes at a length: more of its width where the ring runs flat.
    fn room(&self, length: f32, [wide, high]: [f32; 2], gap: f32) -> f32 {
        let ([ax, ay], [bx, by]) = (self.at(length - 2.0), self.at(length + 2.0));
        let (dx, dy) = ((bx - ax).abs(), (by - ay).abs());
        let sum = (dx * dx + dy * dy).sqrt().max(1e-3);
        (wide * dx + high * dy) / sum + gap
    }
}

/// Places `others`, the nearest first, around `centre`; `points` are where all stand before. Boxes (width, height) are
/// `gap` apart in the end.
pub fn rings(points: &mut Vec<[f32; 2]>, sizes: &[[f32; 2]], centre: usize, others: &[usize], gap: f32) {
    let middle = points[centre];
    let way = |i: usize| direction([points[i][0] - middle[0], points[i][1] - middle[1]]);
    let mean = |of: usize| others.iter().map(|&i| sizes[i][of]).sum::<f32>() / others.len().max(1) as f32;
    let (wide, high) = (mean(0) + gap, mean(1) + gap);
    let mut placed: Vec<(usize, [f32; 2])> = vec![(centre, [0.0; 2])];
    let mut rest = others;
    let mut number = 0.0;
    while !rest.is_empty() {
        let ring = Ring::new([
            sizes[centre][0] / 2.0 + wide * (1.0 + 1.15 * number),
            sizes[centre][1] / 2.0 + high * (2.4 + 2.2 * number),
        ]);
        // as many as have room, as if each stood at its own place of the even division
        let mut count = 0;
        let mut taken = 0.0;
        for &i in rest {
            taken += sizes[i][0] * 0.5 + sizes[i][1] * 0.5 + gap;
            if count > 0 && taken > ring.length() {
                break;
            }
            count += 1;
        }
        let (mut now, later) = rest.split_at(count);
        let mut sorted = now.to_vec();
        sorted.sort_by(|&a, &b| way(a).total_cmp(&way(b)).then(a.cmp(&b)));
        now = &sorted;
        placed.extend(round(&ring, now, sizes, gap, way));
        rest = later;
        number += 1.0;
    }
    for (i, point) in placed {
        points[i] = point;
    }
    separate(points, sizes, gap);
}

/// Places nodes, sorted by direction, around a ring: as far from each other as there is room, turned so that the sum of
/// what their directions differ by is least.
fn round(
    ring: &Ring,
    nodes: &[usize],
    sizes: &[[f32; 2]],
    gap: f32,
    way: impl Fn(usize) -> f32,
) -> Vec<(usize, [f32; 2])> {
    let all = ring.length();
    let turned = |start: f32| {
        let mut out: Vec<(usize, [f32; 2])> = Vec::with_capacity(nodes.len());
        // the rooms depend on the places: two rounds are near enough, the rest is parted in the end
        let mut rooms: Vec<f32> = nodes.iter().map(|&i| sizes[i][0] * 0.5 + sizes[i][1] * 0.5 + gap).collect();
        for _ in 0..2 {
            out.clear();
            let share = all / rooms.iter().sum::<f32>().max(1e-3);
            let mut at = start;
            for (&i, room) in nodes.iter().zip(&mut rooms) {
                let half = *room * share / 2.0;
                at += half;
                out.push((i, ring.at(at)));
                let new = ring.room(at, sizes[i], gap);
                at += half;
                *room = new;
            }
        }
        out
    };
    let cost = |places: &[(usize, [f32; 2])]| -> f32 {
        let off = |&(i, point): &(usize, [f32; 2])| {
            let d = (direction(point) - way(i)).abs();
            d.min(4.0 - d)
        };
        places.iter().map(off).sum()
    };
    let starts = (0..48).map(|step| turned(all * step as f32 / 48.0));
    starts.min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{mix, overlapping, point};
    use super::*;

    #[test]
    fn directions_go_round() {
        let around =
            [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [-1.0, 1.0], [-1.0, 0.0], [-1.0, -1.0], [0.0, -1.0], [1.0, -1.0]];
        for (i, at) in around.into_iter().enumerate() {
            assert_eq!(direction(at), i as f32 / 2.0, "{at:?}");
            let [x, y] = on_circle(i as f32 / 2.0);
            assert!((x * at[1] - y * at[0]).abs() < 1e-6 && x * at[0] + y * at[1] > 0.0, "{at:?}");
        }
    }

    #[test]
    fn those_nearest_stand_nearest_and_none_on_another() {
        for number in [1, 7, 40, 200] {
            let mut points: Vec<[f32; 2]> = (0..=number).map(|i| point(mix(i)).map(|x| x * 100.0)).collect();
            let sizes: Vec<[f32; 2]> = (0..=number).map(|i| [40.0 + (i % 7) as f32 * 15.0, 24.0]).collect();
            let others: Vec<usize> = (1..=number as usize).collect();
            rings(&mut points, &sizes, 0, &others, 10.0);
            assert_eq!(overlapping(&points, &sizes, 10.0), [], "{number}");
            let far = |i: usize| ((points[i][0] - points[0][0]).powi(2) + (points[i][1] - points[0][1]).powi(2)).sqrt();
            assert!(number < 100 || far(1) < far(number as usize));
        }
    }
}
