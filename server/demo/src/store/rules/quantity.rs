//! Quantities such as `250m` or `1Gi`, to be compared.
//!
//! Never prints them: they are stored as they were written.

/// A quantity in thousandths of a thousandth, fine enough for every suffix in use; `None` if it is none.
pub(super) fn micros(text: &str) -> Option<i128> {
    let end = text.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let scale: i128 = match suffix {
        "u" => 1,
        "m" => 1_000,
        "" => 1_000_000,
        "k" => 10_i128.pow(9),
        "M" => 10_i128.pow(12),
        "G" => 10_i128.pow(15),
        "T" => 10_i128.pow(18),
        "P" => 10_i128.pow(21),
        "Ki" => 1_000_000 << 10,
        "Mi" => 1_000_000 << 20,
        "Gi" => 1_000_000 << 30,
        "Ti" => 1_000_000 << 40,
        "Pi" => 1_000_000 << 50,
        _ => 10_i128.checked_pow(exponent(suffix)?.checked_add(6)?)?,
    };
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, number.strip_prefix('+').unwrap_or(number)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let places = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Some(sign * all.parse::<i128>().ok()?.checked_mul(scale)? / places)
}

fn exponent(suffix: &str) -> Option<u32> {
    suffix.strip_prefix(['e', 'E'])?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_compare_across_suffixes() {
        for (one, other) in [("1", "1000m"), ("0.5", "500m"), ("1Gi", "1024Mi"), ("1e3", "1k")] {
            assert_eq!(micros(one), micros(other), "{one} {other}");
        }
        assert!(micros("1G") < micros("1Gi") && micros("-1") < Some(0));
        for bad in ["", "lots", "1 Gi", "1GiB", "1.2.3", "m"] {
            assert_eq!(micros(bad), None, "{bad}");
        }
    }
}
