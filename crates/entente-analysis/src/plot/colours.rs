//! Colours that those who see few colours can tell apart: Okabe and Ito, "Color Universal Design" (2008).

use plotters::style::RGBColor;

pub(super) const BLUE: RGBColor = RGBColor(0, 114, 178);
pub(super) const VERMILION: RGBColor = RGBColor(213, 94, 0);
pub(super) const GREY: RGBColor = RGBColor(120, 120, 120);

/// Colours of groups; those beyond the last begin anew.
const GROUPS: [RGBColor; 7] = [
    BLUE,
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    VERMILION,
    RGBColor(240, 228, 66),
];

pub(super) fn of_group(number: usize) -> RGBColor {
    GROUPS[number % GROUPS.len()]
}

/// From vermilion at -1 over white to blue at 1.
pub(super) fn of_sign(value: f64) -> RGBColor {
    let end = if value < 0.0 { VERMILION } else { BLUE };
    let share = value.abs().min(1.0);
    let mix = |full: u8| (255.0 - share * (255.0 - f64::from(full))).round() as u8;
    RGBColor(mix(end.0), mix(end.1), mix(end.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_have_their_colours() {
        assert_eq!(of_sign(0.0), RGBColor(255, 255, 255));
        assert_eq!(of_sign(1.0), BLUE);
        assert_eq!(of_sign(-7.0), VERMILION);
    }
}
