//! Where a database is and who asks there, of what is written in a configuration and what the machine knows beside it. A password never
//! stands in the one, nor in anything that is told.

use std::time::Duration;

use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// How long a connection may take to be made, where the address doesn't say.
const TO_CONNECT: Duration = Duration::from_secs(5);

/// An address as it may be shown: without who asks, and what is said behind the name.
pub fn shown_address(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    format!("{scheme}://{}", rest.rsplit_once('@').map_or(rest, |(_, place)| place))
}

/// What the machine knows of databases, as the libraries of PostgreSQL have it.
#[derive(Clone, Default)]
pub struct Surroundings {
    /// `PGUSER` and `PGPASSWORD`.
    pub user: Option<String>,
    pub password: Option<String>,
    /// What the password file says, and the service file.
    pub passwords: String,
    pub services: String,
    /// The certificates that are trusted, as PEM; none where those of the system are.
    pub certificates: Option<Vec<u8>>,
}

/// An address that can be gone to.
#[derive(Clone)]
pub struct Address {
    shown: String,
    pub(super) config: Config,
    pub(super) certificates: Option<Vec<u8>>,
}

impl Address {
    /// # Errors
    /// When it can't be understood, or has a password; the message has nothing of that.
    pub fn of(address: &str, around: &Surroundings) -> Result<Self, String> {
        let (place, parameters) = address.split_once('?').unwrap_or((address, ""));
        let mut kept: Vec<String> = Vec::new();
        let (mut service, mut says_ssl) = (None, false);
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("service", name)) => service = Some(name),
                // A certificate is always looked at.
                Some(("sslmode", "verify-ca" | "verify-full")) => {
                    says_ssl = true;
                    kept.push("sslmode=require".to_owned());
                }
                Some((name, _)) => {
                    says_ssl |= name == "sslmode";
                    kept.push(parameter.to_owned());
                }
                None => kept.push(parameter.to_owned()),
            }
        }
        let whole = if kept.is_empty() { place.to_owned() } else { format!("{place}?{}", kept.join("&")) };
        // What is wrong with it might quote it.
        let mut config: Config = whole.parse().map_err(|_| "is no address of a database: postgres://host/name".to_owned())?;
        if config.get_password().is_some() {
            return Err(
                "has a password, which doesn't belong there; put it into PGPASSWORD, a file that PGPASSFILE names, or a service file"
                    .to_owned(),
            );
        }
        if let Some(service) = service {
            says_ssl |= config.serve(service, &around.services)?;
        }
        if config.get_user().is_none()
            && let Some(user) = &around.user
        {
            config.user(user);
        }
        if config.get_password().is_none() {
            let known = || password_of(&config, &around.passwords);
            if let Some(password) = around.password.clone().or_else(known) {
                config.password(password);
            }
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(TO_CONNECT);
        }
        if !says_ssl {
            config.ssl_mode(if config.get_hosts().iter().all(is_here) { SslMode::Disable } else { SslMode::Require });
        }
        if config.get_application_name().is_none() {
            config.application_name("copydesk");
        }
        Ok(Self { shown: shown_address(address), config, certificates: around.certificates.clone() })
    }

    pub fn shown(&self) -> &str {
        &self.shown
    }
}

/// Whether what is sent to a host stays on this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    }
}

trait Served {
    /// Takes from a service what isn't said yet; whether it speaks of encryption.
    fn serve(&mut self, service: &str, services: &str) -> Result<bool, String>;
}

impl Served for Config {
    fn serve(&mut self, service: &str, services: &str) -> Result<bool, String> {
        let mut lines = services.lines().map(str::trim).skip_while(|line| *line != format!("[{service}]"));
        if lines.next().is_none() {
            return Err(format!("names the service `{service}`, which is in no service file (PGSERVICEFILE, ~/.pg_service.conf)"));
        }
        let (mut says_ssl, has_host) = (false, !self.get_hosts().is_empty());
        for line in lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((name, value)) = line.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else { continue };
            let unsound = || format!("names the service `{service}`, whose `{name}` can't be understood");
            match name {
                "host" if !has_host => {
                    self.host(value);
                }
                "port" if self.get_ports().is_empty() => {
                    self.port(value.parse().map_err(|_| unsound())?);
                }
                "dbname" if self.get_dbname().is_none() => {
                    self.dbname(value);
                }
                "user" if self.get_user().is_none() => {
                    self.user(value);
                }
                "password" => {
                    self.password(value);
                }
                "sslmode" => {
                    says_ssl = true;
                    self.ssl_mode(match value {
                        "disable" => SslMode::Disable,
                        "allow" | "prefer" => SslMode::Prefer,
                        "require" | "verify-ca" | "verify-full" => SslMode::Require,
                        _ => return Err(unsound()),
                    });
                }
                _ => {}
            }
        }
        Ok(says_ssl)
    }
}

/// The password that a password file has for an address: `host:port:database:user:password` a line, `*` for any.
fn password_of(config: &Config, passwords: &str) -> Option<String> {
    let host = match config.get_hosts().first() {
        Some(Host::Tcp(name)) => name.clone(),
        _ => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user().unwrap_or_default();
    let asked = [&host, &port, config.get_dbname().unwrap_or(user), user];
    passwords.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let fields = fields(line);
        let [known @ .., password] = &*fields else { return None };
        let is_of = known.len() == asked.len() && known.iter().zip(asked).all(|(known, asked)| known == "*" || known == asked);
        is_of.then(|| password.clone())
    })
}

/// The fields of a line, where a backslash stands before a colon or backslash that parts none.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut letters) = (Vec::new(), String::new(), line.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => field.extend(letters.next()),
            ':' if fields.len() < 4 => fields.push(std::mem::take(&mut field)),
            letter => field.push(letter),
        }
    }
    fields.push(field);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(address: &str) -> Result<Address, String> {
        let around = Surroundings {
            passwords: "# one\narchive:*:desk:reader:from the\\: file\nother:5432:*:*:no".to_owned(),
            services:
                "[wire]\nhost=elsewhere\n\n[desk]\nhost=archive\nport=5433\nuser=night\npassword=of the service\nsslmode=disable\n[last]\n"
                    .to_owned(),
            ..Surroundings::default()
        };
        Address::of(address, &around)
    }

    #[test]
    fn a_password_is_never_part_of_an_address_nor_of_what_is_told() {
        for address in [
            "postgres://reader:hush-hush@archive/desk",
            "postgres://archive/desk?password=hush-hush",
            "postgresql://a:hush-hush@[",
            "postgres://x?sslmode=hush-hush",
        ] {
            let why = of(address).err().expect("is refused");
            assert!(!why.contains("hush") && !why.contains('\n'), "{why}");
            assert!(!shown_address(address).contains("hush"), "{}", shown_address(address));
        }
        assert!(
            of("postgres://a:b@archive/desk")
                .err()
                .expect("is refused")
                .contains("PGPASSWORD, a file that PGPASSFILE names, or a service file")
        );
    }

    #[test]
    fn what_the_machine_knows_is_taken_where_the_address_says_nothing() {
        let by_file = of("postgres://reader@archive/desk").expect("is sound");
        assert_eq!(by_file.config.get_password(), Some(&b"from the: file"[..]));
        assert_eq!((by_file.shown(), by_file.config.get_ssl_mode()), ("postgres://archive/desk", SslMode::Require));
        assert_eq!(of("postgres://writer@archive/desk").expect("is sound").config.get_password(), None);
        let served = of("postgres:///facts?service=desk").expect("is sound").config;
        assert_eq!((served.get_dbname(), served.get_user(), served.get_ports()), (Some("facts"), Some("night"), &[5433][..]));
        assert_eq!((served.get_password(), served.get_ssl_mode()), (Some(&b"of the service"[..]), SslMode::Disable));
        assert!(of("postgres://?service=nobody").err().expect("isn't there").contains("`nobody`"));
        assert_eq!(of("postgres://localhost/desk").expect("is sound").config.get_ssl_mode(), SslMode::Disable);
        assert_eq!(of("postgres://archive/desk?sslmode=verify-full").expect("is sound").config.get_ssl_mode(), SslMode::Require);
    }
}
