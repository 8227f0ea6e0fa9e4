//! Boxes apart: nodes move as little as it takes until no two overlap.

/// Rounds of pushing before the whole is stretched.
const ROUNDS: usize = 60;

/// How much two boxes at these points overlap in x and y; a disc against a disc counts by distance.
fn overlap(a: [f32; 2], b: [f32; 2], s: [f32; 2], t: [f32; 2], gap: f32) -> Option<[f32; 2]> {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let (wx, wy) = ((s[0] + t[0]) / 2.0 + gap, (s[1] + t[1]) / 2.0 + gap);
    let (ox, oy) = (wx - dx.abs(), wy - dy.abs());
    let free = ox <= 0.0 || oy <= 0.0 || (s[0] == s[1] && t[0] == t[1] && dx * dx + dy * dy >= wx * wx);
    (!free).then_some([ox, oy])
}

/// The pairs of boxes (centre; width, height) less than `gap` apart, by the order of their left sides.
pub fn overlapping(points: &[[f32; 2]], sizes: &[[f32; 2]], gap: f32) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    visit(points, sizes, gap, |points, i, j| {
        // what one push could not quite part counts as parted
        if overlap(points[i], points[j], sizes[i], sizes[j], gap - 0.01).is_some() {
            out.push((i, j));
        }
    });
    out
}

/// Calls `found` for all pairs whose boxes overlap in x, with the points' copy to work on, and gives that copy.
fn visit(
    points: &[[f32; 2]],
    sizes: &[[f32; 2]],
    gap: f32,
    mut found: impl FnMut(&mut Vec<[f32; 2]>, usize, usize),
) -> Vec<[f32; 2]> {
    let left = |i: usize| points[i][0] - sizes[i][0] / 2.0 - gap;
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&i, &j| left(i).total_cmp(&left(j)).then(i.cmp(&j)));
    let mut moved = points.to_vec();
    for (k, &i) in order.iter().enumerate() {
        let right = points[i][0] + sizes[i][0] / 2.0;
        for &j in &order[k + 1..] {
            if left(j) >= right {
                break;
            }
            found(&mut moved, i, j);
        }
    }
    moved
}

/// Moves the points until their boxes (width, height) are `gap` apart: pushes pairs apart for some rounds, and
/// stretches the whole by a twentieth whenever that does not suffice. A square counts as a disc.
pub fn separate(points: &mut Vec<[f32; 2]>, sizes: &[[f32; 2]], gap: f32) {
    // two at one place part in a direction of their own
    let aside = |i: usize| if i & 1 == 0 { 1e-3 } else { -1e-3 };
    for stretch in 0..200 {
        for _ in 0..ROUNDS {
            let mut any = false;
            let next = visit(points, sizes, gap, |p, i, j| {
                let Some([ox, oy]) = overlap(p[i], p[j], sizes[i], sizes[j], gap) else { return };
                any = true;
                let (mut dx, mut dy) = (p[j][0] - p[i][0], p[j][1] - p[i][1]);
                if dx == 0.0 && dy == 0.0 {
                    (dx, dy) = (aside(i + j), aside(i));
                }
                let area = |k: usize| sizes[k][0] * sizes[k][1] + 1.0;
                let share = area(j) / (area(i) + area(j));
                let disc = sizes[i][0] == sizes[i][1] && sizes[j][0] == sizes[j][1];
                let (mx, my) = if disc {
                    let d = (dx * dx + dy * dy).sqrt();
                    let by = ((sizes[i][0] + sizes[j][0]) / 2.0 + gap - d) / d;
                    (dx * by, dy * by)
                } else if ox < oy {
                    (if dx < 0.0 { -ox } else { ox }, 0.0)
                } else {
                    (0.0, if dy < 0.0 { -oy } else { oy })
                };
                // a hair more, so that rounding does not leave them touching
                let (mx, my) = (mx * 1.001, my * 1.001);
                (p[i][0], p[i][1]) = (p[i][0] - mx * share, p[i][1] - my * share);
                (p[j][0], p[j][1]) = (p[j][0] + mx * (1.0 - share), p[j][1] + my * (1.0 - share));
            });
            *points = next;
            if !any {
                return;
            }
        }
        if overlapping(points, sizes, gap).is_empty() {
            return;
        }
        let by = if stretch < 40 { 1.05 } else { 1.3 };
        points.iter_mut().for_each(|p| *p = [p[0] * by, p[1] * by]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{mix, point};

    #[test]
    fn boxes_part_from_any_start() {
        for crowd in [0.0, 0.5, 30.0, 400.0] {
            let mut points: Vec<[f32; 2]> = (0..150).map(|i| point(mix(i)).map(|x| x * crowd)).collect();
            let sizes: Vec<[f32; 2]> = (0..150).map(|i| [20.0 + (i % 5) as f32 * 12.0, 14.0]).collect();
            separate(&mut points, &sizes, 3.0);
            assert_eq!(overlapping(&points, &sizes, 3.0), [], "crowd {crowd}");
        }
    }

    #[test]
    fn what_does_not_overlap_stays() {
        let mut points = vec![[0.0, 0.0], [30.0, 0.0], [0.0, 30.0]];
        let kept = points.clone();
        separate(&mut points, &[[10.0, 10.0]; 3], 2.0);
        assert_eq!(points, kept);
    }
}
