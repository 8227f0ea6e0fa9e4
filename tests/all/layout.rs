//! Where entities stand: apart, near those they are tied to, the same on any number of threads.

use guanxi::layout::{Input, Link, Options, hash, layout, overlapping};

/// `groups` rings of `size` nodes, each tied to the next by one link.
fn rings(groups: u32, size: u32) -> Input {
    let mut links: Vec<Link> = Vec::new();
    for g in 0..groups {
        let node = |i: u32| g * size + i % size;
        links.extend((0..size).flat_map(|i| [1, 2, 5].map(|step| (node(i), node(i + step), 1.0))));
        links.push((node(0), (g + 1) % groups * size, 1.0));
    }
    let seeds = (0..groups * size).map(|i| hash(&format!("company/{i}"))).collect();
    Input { seeds, links, ..Input::default() }
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

#[test]
fn one_thread_and_many_give_the_same_positions() {
    let mut input = rings(40, 50);
    input.sizes = (0..2000).map(|i| [8.0 + (i % 9) as f32; 2]).collect();
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| layout(&input, &Options::default()))
    };
    let one = on(1);
    assert!(one.iter().flatten().all(|x| x.is_finite()));
    assert_eq!(one, on(3));
    assert_eq!(overlapping(&one, &input.sizes, Options::default().gap), []);
}

#[test]
fn groups_stand_apart() {
    let input = rings(8, 30);
    let points = layout(&input, &Options::default());
    let (mut inside, mut outside) = ((0.0, 0), (0.0, 0));
    for i in 0..points.len() {
        for j in 0..i {
            let sum = if i / 30 == j / 30 { &mut inside } else { &mut outside };
            *sum = (sum.0 + distance(points[i], points[j]), sum.1 + 1);
        }
    }
    let (inside, outside) = (inside.0 / inside.1 as f32, outside.0 / outside.1 as f32);
    assert!(outside > 2.0 * inside, "inside {inside}, outside {outside}");
}

#[test]
fn a_path_unfolds() {
    let n = 64;
    let links = (1..n).map(|i| (i - 1, i, 1.0)).collect();
    let input = Input { seeds: (0..n).map(|i| hash(&i.to_string())).collect(), links, ..Input::default() };
    let points = layout(&input, &Options::default());
    // links that cross were a fold that the levels did not undo
    let side = |a: [f32; 2], b: [f32; 2], c: [f32; 2]| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    let cross = |i: usize, j: usize| {
        let (a, b, c, d) = (points[i], points[i + 1], points[j], points[j + 1]);
        side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
    };
    let crossings = (0..62).flat_map(|i| (i + 2..63).map(move |j| (i, j))).filter(|&(i, j)| cross(i, j)).count();
    assert_eq!(crossings, 0);
}

#[test]
fn parts_that_are_not_connected_do_not_stand_in_each_other() {
    let mut input = rings(1, 40);
    let triangle = |at: u32| [(at, at + 1, 1.0), (at + 1, at + 2, 1.0), (at, at + 2, 1.0)];
    input.links.extend(triangle(40).into_iter().chain(triangle(43)));
    input.seeds.extend((40..60).map(|i| hash(&i.to_string())));
    let points = layout(&input, &Options::default());
    let edge = points[..40].iter().map(|p| p[0].hypot(p[1])).fold(0.0, f32::max);
    for (i, p) in points.iter().enumerate().skip(40) {
        assert!(p[0].hypot(p[1]) > 0.8 * edge, "{i} at {p:?} stands within the ring of {edge}");
    }
    let lonely: Vec<[f32; 2]> = points[46..].to_vec();
    assert_eq!(overlapping(&lonely, &vec![[10.0, 10.0]; lonely.len()], 0.0), []);
}

#[test]
fn what_cannot_be_laid_out_well_is_laid_out_somehow() {
    for n in 0..4u32 {
        // loops, links without weight, the same key twice
        let links = (0..n).flat_map(|i| [(i, i, 1.0), (i, (i + 1) % n, 0.0), (0, i, f32::NAN)]).collect();
        let input = Input { seeds: vec![7; n as usize], links, sizes: vec![[10.0; 2]; n as usize], groups: vec![] };
        let points = layout(&input, &Options::default());
        assert_eq!(overlapping(&points, &input.sizes, 1.0), [], "{points:?}");
    }
    // two nodes that cannot be told apart
    let links = vec![(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)];
    let input = Input { seeds: vec![7; 3], links, sizes: vec![[30.0, 10.0]; 3], groups: vec![] };
    let points = layout(&input, &Options::default());
    assert!(points.iter().flatten().all(|x| x.is_finite()));
    assert_eq!(overlapping(&points, &input.sizes, 1.0), [], "{points:?}");
}
