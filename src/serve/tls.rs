//! TLS, for a newsroom without a proxy that does it.

use std::path::Path;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use crate::workspace::{Problem, read_credential};

/// A certificate with its key.
#[derive(Clone)]
pub struct Tls(TlsAcceptor);

impl Tls {
    /// The certificate, with those that vouch for it behind it, and its key, each in a file in PEM.
    ///
    /// # Errors
    /// When a file can't be read, has none in it, or the two don't belong together.
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, Problem> {
        let fault = |path: &Path, why: &dyn std::fmt::Display| Problem::new(path, why);
        let chain = read_credential(certificate)?;
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(chain.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|error| fault(certificate, &format!("is no certificate in PEM: {error}")))?;
        if chain.is_empty() {
            return Err(fault(certificate, &"has no certificate in it"));
        }
        let own = PrivateKeyDer::from_pem_slice(read_credential(key)?.as_bytes())
            .map_err(|error| fault(key, &format!("is no key in PEM: {error}")))?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, own))
            .map_err(|error| fault(certificate, &format!("can't be used with {}: {error}", key.display())))?;
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    pub(super) async fn accept<S: AsyncRead + AsyncWrite + Unpin>(&self, stream: S) -> std::io::Result<TlsStream<S>> {
        self.0.accept(stream).await
    }
}
