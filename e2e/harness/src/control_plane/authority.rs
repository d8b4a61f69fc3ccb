//! The cluster's certificate authority, kept in its run folder and worked through the
//! `openssl` program. For tests only: keys lie unencrypted in a folder closed to others.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicU32, Ordering},
};

use crate::tool;

const CONFIGURATION: &str = "\
[req]
distinguished_name = subject
[subject]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[server]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1, IP:10.0.0.1, DNS:localhost, DNS:kubernetes.default.svc
[client]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = clientAuth
";

/// A certificate and its key, as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Credential {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

/// Signs certificates for one cluster.
#[derive(Clone, Debug)]
pub(super) struct Authority {
    folder: PathBuf,
}

impl Authority {
    /// Makes a new authority in `folder`.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        let authority = Self::open(folder);
        fs::create_dir(folder)
            .and_then(|()| fs::write(authority.configuration(), CONFIGURATION))
            .map_err(|source| Error::Io { path: folder.to_owned(), source })?;
        let itself = authority.credential("authority");
        let mut request = authority.request("authority", "/CN=sekisho-test", &itself);
        tool::output(&mut request)?;
        Ok(authority)
    }

    /// The authority that was made in `folder`.
    pub(super) fn open(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Its own certificate and key.
    pub(super) fn itself(&self) -> Credential {
        self.credential("authority")
    }

    /// A certificate for the API server on loopback.
    pub(super) fn server(&self) -> Result<Credential, Error> {
        self.sign("server", "/CN=kube-apiserver", self.credential("server"))
    }

    /// A certificate for whatever else serves on loopback, such as an admission webhook.
    pub(super) fn another_server(&self) -> Result<Credential, Error> {
        self.sign("server", "/CN=localhost", self.credential(&numbered("server")))
    }

    /// A certificate that proves to be `user`, a member of `groups`.
    pub(super) fn client(&self, user: &str, groups: &[&str]) -> Result<Credential, Error> {
        self.sign("client", &subject(user, groups), self.credential(&numbered("client")))
    }

    /// A key pair, without certificate, for service account tokens: key and public key.
    pub(super) fn token_keys(&self) -> Result<Credential, Error> {
        let pair = self.credential("tokens");
        let mut private = Command::new("openssl");
        private.args(["genpkey", "-algorithm", "RSA", "-out"]).arg(&pair.key);
        tool::output(&mut private)?;
        let mut public = Command::new("openssl");
        public.args(["pkey", "-pubout", "-in"]).arg(&pair.key).arg("-out").arg(&pair.certificate);
        tool::output(&mut public)?;
        Ok(pair)
    }

    fn sign(&self, usage: &str, subject: &str, made: Credential) -> Result<Credential, Error> {
        let itself = self.itself();
        let mut request = self.request(usage, subject, &made);
        request.arg("-CA").arg(itself.certificate).arg("-CAkey").arg(itself.key);
        tool::output(&mut request)?;
        Ok(made)
    }

    /// A request for a new key with a certificate at once; self-signed unless `-CA` follows.
    fn request(&self, usage: &str, subject: &str, made: &Credential) -> Command {
        let mut command = Command::new("openssl");
        command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
        command.args(["-noenc", "-days", "30", "-utf8", "-subj", subject, "-extensions", usage]);
        command.arg("-config").arg(self.configuration());
        command.arg("-keyout").arg(&made.key).arg("-out").arg(&made.certificate);
        command
    }

    fn configuration(&self) -> PathBuf {
        self.folder.join("openssl.cnf")
    }

    fn credential(&self, name: &str) -> Credential {
        Credential {
            certificate: self.folder.join(format!("{name}.crt")),
            key: self.folder.join(format!("{name}.key")),
        }
    }
}

/// A name that nobody has yet: several processes may sign for the same cluster.
fn numbered(usage: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{usage}-{}-{number}", std::process::id())
}

/// A certificate could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `openssl` failed.
    #[error(transparent)]
    Tool(#[from] tool::Error),
    /// The file system refused.
    #[error("cannot keep certificates in {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What Kubernetes reads from a client certificate: CN is the user, each O a group.
fn subject(user: &str, groups: &[&str]) -> String {
    let groups = groups.iter().map(|group| format!("/O={}", escape(group)));
    groups.chain([format!("/CN={}", escape(user))]).collect()
}

/// The separators of `openssl`'s notation, such as the slash of `cluster/namespace`.
fn escape(value: &str) -> String {
    value.chars().fold(String::new(), |mut escaped, c| {
        if matches!(c, '/' | '+' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_subject(certificate: &Path) -> String {
        let mut show = Command::new("openssl");
        show.args(["x509", "-noout", "-subject", "-nameopt", "multiline,-esc_msb,utf8", "-in"]);
        tool::output(show.arg(certificate)).expect("a certificate")
    }

    #[test]
    fn user_and_groups_stand_in_the_certificate_as_they_are() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let authority = Authority::create(&folder.path().join("pki")).expect("openssl is there");
        let groups = ["sekisho:act:restart-pod", "shop/payments+x", "関所"];

        let client = authority.client("o'neil@example.test", &groups).expect("signed");

        let text = read_subject(&client.certificate);
        for value in groups.iter().chain(&["o'neil@example.test"]) {
            assert!(text.lines().any(|line| line.ends_with(&format!("= {value}"))), "{text}");
        }
    }

    #[test]
    fn certificates_are_signed_by_the_authority() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let authority = Authority::create(&folder.path().join("pki")).expect("openssl is there");
        let client = authority.client("engineer", &[]).expect("signed");
        let (server, other) = (authority.server(), authority.another_server());
        let (server, other) = (server.expect("signed"), other.expect("signed"));
        assert_ne!(server, other);

        for (purpose, credential) in
            [("sslclient", client), ("sslserver", server), ("sslserver", other)]
        {
            let mut verify = Command::new("openssl");
            verify.args(["verify", "-x509_strict", "-purpose", purpose, "-CAfile"]);
            verify.arg(authority.itself().certificate).arg(credential.certificate);
            tool::output(&mut verify).expect("verifies");
        }
    }
}
