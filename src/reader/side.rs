//! Sides: of a country or an island, as words of the compass give them, and the outermost of several.

use serde::{Deserialize, Serialize};

/// A point of the compass as words give it: how far north and how far east, each -1, 0 or 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Side {
    pub north: i8,
    pub east: i8,
}

/// Where among others of its kind, or on the edge of what, a place lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spot {
    /// "The northernmost of the islands"
    Most(Side),
    /// "On the northern shore"
    On(Side, String),
}

impl Side {
    /// What the first letters of "north-eastern" say.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let lower = word.to_lowercase();
        let bare = lower.strip_suffix("ern").unwrap_or(&lower);
        let side = match bare.replace('-', "").as_str() {
            "north" => Self { north: 1, east: 0 },
            "south" => Self { north: -1, east: 0 },
            "east" => Self { north: 0, east: 1 },
            "west" => Self { north: 0, east: -1 },
            "northeast" => Self { north: 1, east: 1 },
            "northwest" => Self { north: 1, east: -1 },
            "southeast" => Self { north: -1, east: 1 },
            "southwest" => Self { north: -1, east: -1 },
            _ => return None,
        };
        Some(side)
    }

    /// The adjective: "north-eastern".
    pub fn adjective(self) -> &'static str {
        match (self.north, self.east) {
            (1, 0) => "northern",
            (-1, 0) => "southern",
            (0, 1) => "eastern",
            (0, -1) => "western",
            (1, 1) => "north-eastern",
            (1, -1) => "north-western",
            (-1, 1) => "south-eastern",
            (-1, -1) => "south-western",
            _ => "central",
        }
    }

    pub const fn is_opposite(self, other: Self) -> bool {
        const fn opposite(one: i8, other: i8) -> bool {
            one < 0 && other > 0 || one > 0 && other < 0
        }
        opposite(self.north, other.north) || opposite(self.east, other.east)
    }
}
