//! Where the nodes of a network stand: friends near, foes far (Fruchterman and Reingold, Software: Practice and Experience
//! 21, 1991, with hostile edges pushing more).

/// Rounds of moving.
const ROUNDS: usize = 400;
/// How strongly all are drawn to the middle.
const GRAVITY: f64 = 4.0;

/// Places of the nodes in a square from 0 to 1. Edges are node, node and weight from -1 to 1; `start` orders the nodes around
/// the circle from which they set out.
pub(super) fn places(nodes: usize, edges: &[(usize, usize, f64)], start: &[usize]) -> Vec<(f64, f64)> {
    let ideal = (1.0 / nodes.max(1) as f64).sqrt();
    let mut places = vec![(0.5, 0.5); nodes];
    for (turn, node) in start.iter().enumerate() {
        let angle = std::f64::consts::TAU * turn as f64 / nodes as f64;
        places[*node] = (0.5 + 0.4 * angle.cos(), 0.5 + 0.4 * angle.sin());
    }
    for round in 0..ROUNDS {
        let mut moves = vec![(0.0, 0.0); nodes];
        let mut push = |one: usize, other: usize, force: f64, places: &[(f64, f64)]| {
            let (x, y) = (places[one].0 - places[other].0, places[one].1 - places[other].1);
            let length = x.hypot(y).max(1e-6);
            let (x, y) = (x / length * force, y / length * force);
            moves[one] = (moves[one].0 + x, moves[one].1 + y);
            moves[other] = (moves[other].0 - x, moves[other].1 - y);
        };
        let distance = |one: usize, other: usize| {
            (places[one].0 - places[other].0).hypot(places[one].1 - places[other].1).max(1e-3)
        };
        for one in 0..nodes {
            for other in 0..one {
                push(one, other, ideal * ideal / distance(one, other), &places);
            }
        }
        for (one, other, weight) in edges {
            let apart = distance(*one, *other);
            let force = if *weight > 0.0 { -apart * apart / ideal } else { 4.0 * ideal * ideal / apart };
            push(*one, *other, weight.abs() * force, &places);
        }
        // Nobody drifts away for having foes alone.
        for (place, pull) in places.iter().zip(&mut moves) {
            *pull = (pull.0 + GRAVITY * ideal * (0.5 - place.0), pull.1 + GRAVITY * ideal * (0.5 - place.1));
        }
        let step = 0.1 * (1.0 - round as f64 / ROUNDS as f64) + 0.002;
        for (place, (x, y)) in places.iter_mut().zip(moves) {
            let length = f64::hypot(x, y).max(1e-9);
            let far = length.min(step);
            *place = (place.0 + x / length * far, place.1 + y / length * far);
        }
    }
    spread(places)
}

/// Stretches the places so that they fill the square.
fn spread(mut places: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let range = |of: fn(&(f64, f64)) -> f64, places: &[(f64, f64)]| {
        let low = places.iter().map(of).fold(f64::INFINITY, f64::min);
        let high = places.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
        (low, (high - low).max(1e-9))
    };
    let (left, width) = range(|place| place.0, &places);
    let (top, height) = range(|place| place.1, &places);
    for place in &mut places {
        *place = ((place.0 - left) / width, (place.1 - top) / height);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn friends_stand_nearer_than_foes() {
        let edges = [(0, 1, 1.0), (2, 3, 1.0), (0, 2, -1.0), (1, 3, -1.0)];
        let places = places(4, &edges, &[0, 1, 2, 3]);
        let apart = |one: usize, other: usize| {
            (places[one].0 - places[other].0).hypot(places[one].1 - places[other].1)
        };
        assert!(apart(0, 1) < apart(0, 2) && apart(2, 3) < apart(1, 3), "{places:?}");
        assert!(places.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
    }

    #[test]
    fn one_and_none_are_no_trouble() {
        assert_eq!(places(1, &[], &[0]).len(), 1);
        assert!(places(0, &[], &[]).is_empty());
    }
}
