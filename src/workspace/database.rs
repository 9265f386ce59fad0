//! A corpus in a database: what the machine knows of it beside the configuration, and an archive that is put there.

use std::path::{Path, PathBuf};

use super::door::{self, Kind};
use super::{DeskArchive, Problem, Told};
use crate::archive::DiskStore;
use crate::corpus::Extent;
use crate::postgres::{Address, PostgresError, PostgresStore, Surroundings, shown_address};

/// Opens the corpus at some addresses of one database.
///
/// # Errors
/// When an address is unsound, what is there can't be used or, unless it `may_be_away`, reached.
pub(super) fn open(addresses: &[String], may_be_away: bool) -> Result<PostgresStore, Problem> {
    let first = addresses.first().map(|address| shown_address(address)).unwrap_or_default();
    let around = surroundings()?;
    let addresses = addresses.iter().map(|address| sound(address, &around)).collect::<Result<Vec<_>, _>>()?;
    let fault = |error: PostgresError| Problem::new(Path::new(&first), error);
    let store = PostgresStore::at(&addresses).map_err(fault)?;
    match store.look() {
        Err(PostgresError::Away(_)) if may_be_away => Ok(store),
        looked => looked.map(|()| store).map_err(fault),
    }
}

/// Puts what was built or read apart into a database, in the place of what it has.
///
/// # Errors
/// As for [`DeskArchive::join`], and when the database can't be reached or written to; what was there holds.
pub fn load_into(address: &str, parts: &[PathBuf], stdin: &mut dyn std::io::Read, told: &Told) -> Result<Extent, Problem> {
    let address = sound(address, &surroundings()?)?;
    let path = PathBuf::from(address.shown());
    let fault = |error: PostgresError| Problem::new(&path, error);
    let put = |folder: &Path| {
        let store = DiskStore::open(folder).map_err(|error| Problem::new(folder, error))?;
        PostgresStore::load(&address, &store, &mut |rows| told.tell(rows, 0)).map_err(fault)
    };
    match parts {
        [folder] if DiskStore::is_at(folder) => put(folder),
        // It is told before all is read and joined.
        _ => {
            PostgresStore::at(std::slice::from_ref(&address)).and_then(|store| store.reach()).map_err(fault)?;
            super::put::with_a_folder("copydesk-load", |folder| {
                DeskArchive::in_folder(folder).join(parts, stdin, told)?;
                put(folder)
            })
        }
    }
}

fn sound(address: &str, around: &Surroundings) -> Result<Address, Problem> {
    Address::of(address, around).map_err(|why| Problem::new(Path::new(&shown_address(address)), why))
}

/// What others who ask databases look at as well.
fn surroundings() -> Result<Surroundings, Problem> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let at_home = |name: &str| std::env::home_dir().map(|home| home.join(name));
    let text = |named: Option<String>, usual: Option<PathBuf>| match (named, usual) {
        (Some(named), _) => door::read_text(Path::new(&named), Kind::Settings),
        (None, Some(usual)) if door::is_taken(&usual) => door::read_text(&usual, Kind::Settings),
        _ => Ok(String::new()),
    };
    Ok(Surroundings {
        user: variable("PGUSER"),
        password: variable("PGPASSWORD"),
        passwords: text(variable("PGPASSFILE"), at_home(".pgpass"))?,
        services: text(variable("PGSERVICEFILE"), at_home(".pg_service.conf"))?,
        certificates: variable("PGSSLROOTCERT").map(|file| door::read(Path::new(&file), Kind::Settings)).transpose()?,
    })
}
