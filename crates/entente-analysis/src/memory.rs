//! Acts fade: each weighs half as much after every half-life.

use crate::acts::Day;

/// How long acts are remembered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    half_life: f64,
}

impl Memory {
    /// Remembers with a half-life in days; one of zero or less never forgets.
    pub fn of_half_life(days: f64) -> Self {
        Self { half_life: if days > 0.0 { days } else { f64::INFINITY } }
    }

    /// What is left of an act after so many days: 2^(-days / half-life).
    pub fn left_after(&self, days: Day) -> f64 {
        (-f64::from(days.max(0)) / self.half_life).exp2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_left_after_a_half_life() {
        let memory = Memory::of_half_life(30.0);
        assert!((memory.left_after(60) - 0.25).abs() < 1e-12);
        assert!(memory.left_after(300) < 0.001);
        let forever = Memory::of_half_life(0.0);
        assert_eq!(forever.left_after(9999), 1.0);
    }
}
