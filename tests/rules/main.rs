//! The rules at work: fixtures with every finding marked, and the examples of each rule's page.

mod contrasts;
mod example;
mod figures;
mod fixtures;
mod names;
mod pages;
mod quotations;
mod rest;
mod titles;
mod versions;
