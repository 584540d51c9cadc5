//! robots.txt (RFC 9309).

use std::time::Duration;

/// Longest part of a robots.txt that is read, in bytes (RFC 9309, 2.5).
pub(crate) const LONGEST: usize = 500 * 1024;
/// Longest wait between requests that a robots.txt may ask for.
const LONGEST_DELAY: Duration = Duration::from_secs(60);
/// What this program is called there.
const NAME: &str = "entente";

/// What a host allows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    path: String,
    is_allowed: bool,
}

impl Robots {
    /// Everything is allowed.
    pub fn open() -> Self {
        Self::default()
    }

    /// Nothing is allowed: what holds while a host cannot tell.
    pub fn closed() -> Self {
        Self { rules: vec![Rule { path: "/".to_owned(), is_allowed: false }], delay: None }
    }

    /// Reads a robots.txt: the groups that name this program, or else those for everyone.
    pub fn parse(text: &str) -> Self {
        let (mut own, mut general) = (None::<Self>, None::<Self>);
        let mut agents: Vec<String> = Vec::new();
        let mut is_in_rules = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((name, value)) = line.split_once(':') else { continue };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            if name == "user-agent" {
                if std::mem::take(&mut is_in_rules) {
                    agents.clear();
                }
                agents.push(value.to_ascii_lowercase());
                continue;
            }
            if !matches!(name.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            is_in_rules = true;
            if agents.iter().any(|agent| agent == NAME) {
                own.get_or_insert_default().take(&name, value);
            } else if agents.iter().any(|agent| agent == "*") {
                general.get_or_insert_default().take(&name, value);
            }
        }
        own.or(general).unwrap_or_default()
    }

    fn take(&mut self, name: &str, value: &str) {
        if name == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
            self.delay =
                seconds.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_DELAY.as_secs_f64())));
        } else if !value.is_empty() {
            self.rules.push(Rule { path: value.to_owned(), is_allowed: name == "allow" });
        }
    }

    /// Whether a path with its query may be fetched: the longest rule that matches decides, of equal ones that which
    /// allows.
    pub fn allows(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|rule| matches(&rule.path, path));
        matching.max_by_key(|rule| (rule.path.len(), rule.is_allowed)).is_none_or(|rule| rule.is_allowed)
    }

    /// The time to wait between two requests.
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }
}

/// Whether a path begins as a rule says; `*` stands for anything, `$` at the end for the end.
fn matches(rule: &str, path: &str) -> bool {
    let (rule, is_whole) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let mut parts = rule.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut last = first;
    for part in parts {
        let at = if is_whole { rest.rfind(part) } else { rest.find(part) };
        let Some(at) = at else { return false };
        rest = &rest[at + part.len()..];
        last = part;
    }
    !is_whole || rest.is_empty() || (last.is_empty() && rule.ends_with('*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = Robots::parse(
            "User-agent: *\nDisallow: /news\nAllow: /news/open\nAllow: /$\nDisallow: /*.pdf$\n",
        );
        assert!(robots.allows("/") && robots.allows("/news/open/1") && robots.allows("/other"));
        assert!(!robots.allows("/news/1") && !robots.allows("/news") && !robots.allows("/a/b.pdf"));
        assert!(robots.allows("/a/b.pdf?x=1"));
    }

    #[test]
    fn the_own_group_goes_before_that_for_everyone() {
        let text = "User-agent: other\nUser-agent: ENTENTE\nDisallow: /private\nCrawl-delay: 3\n\nUser-agent: *\nDisallow: /\n";
        let robots = Robots::parse(text);
        assert!(robots.allows("/news") && !robots.allows("/private/1"));
        assert_eq!(robots.delay(), Some(Duration::from_secs(3)));
    }

    #[test]
    fn what_says_nothing_allows_all() {
        for text in
            ["", "rubbish", "Disallow: /", "User-agent: *\nDisallow:\n", "User-agent: other\nDisallow: /\n"]
        {
            assert!(Robots::parse(text).allows("/x"), "{text:?}");
        }
        assert!(!Robots::closed().allows("/x"));
        assert!(Robots::parse("User-agent: *\nCrawl-delay: 1e99\n").delay() <= Some(LONGEST_DELAY));
    }
}
