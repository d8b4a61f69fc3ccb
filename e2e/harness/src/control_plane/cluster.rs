//! A running test cluster as its clients see it: kubeconfigs, `kubectl`, the audit log.
//! Works from the run folder alone, so a test can be handed a cluster that another process
//! started. Never starts or stops anything.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use super::{
    audit::AuditLog,
    authority::{self, Authority, Credential},
};

/// The environment variable in which a runner hands a cluster over to tests: the path of
/// its admin kubeconfig, whose folder holds the rest.
pub const ENVIRONMENT: &str = "SEKISHO_TEST_KUBECONFIG";

const ADMIN: &str = "admin.kubeconfig";

/// The cluster could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A test that needs a cluster was started without one.
    #[error("{ENVIRONMENT} is not set: run the suite through `cargo xtask test`")]
    NotHandedOver,
    /// It is not the admin kubeconfig of a cluster of the harness.
    #[error("{} is no admin kubeconfig of a test cluster", path.display())]
    NotOurs {
        /// What was given.
        path: PathBuf,
    },
    /// A certificate could not be signed.
    #[error(transparent)]
    Authority(#[from] authority::Error),
    /// The file system refused.
    #[error("cannot write the kubeconfig {}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// One cluster and the means to reach it.
#[derive(Clone, Debug)]
pub struct Cluster {
    folder: PathBuf,
    server: String,
}

/// What a server shows, and by whom it is vouched for: each a PEM file.
#[derive(Clone, Debug)]
pub struct ServerCertificate {
    /// The certificate.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
    /// The certificate of the authority that signed it.
    pub authority: PathBuf,
}

impl Cluster {
    /// The cluster that `cargo xtask test` handed over to this process.
    pub fn from_environment() -> Result<Self, Error> {
        let path = env::var_os(ENVIRONMENT).ok_or(Error::NotHandedOver)?;
        Self::open(Path::new(&path))
    }

    /// The running cluster to which `admin_kubeconfig` belongs.
    pub fn open(admin_kubeconfig: &Path) -> Result<Self, Error> {
        let server = server_of(admin_kubeconfig).filter(|_| admin_kubeconfig.ends_with(ADMIN));
        match server.zip(admin_kubeconfig.parent()) {
            Some((server, folder)) => Ok(Self { folder: folder.to_owned(), server }),
            None => Err(Error::NotOurs { path: admin_kubeconfig.to_owned() }),
        }
    }

    /// The variable and value that hand this cluster over to another process.
    #[must_use]
    pub fn environment(&self) -> (&'static str, PathBuf) {
        (ENVIRONMENT, self.admin_kubeconfig())
    }

    /// The API server's address.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The kubeconfig of a member of `system:masters`.
    #[must_use]
    pub fn admin_kubeconfig(&self) -> PathBuf {
        self.folder.join(ADMIN)
    }

    /// A new kubeconfig for `user`, a member of `groups`, by a client certificate. What they
    /// may do is up to the cluster's RBAC.
    pub fn kubeconfig_for(&self, user: &str, groups: &[&str]) -> Result<PathBuf, Error> {
        let credential = self.authority().client(user, groups)?;
        let path = credential.certificate.with_extension("kubeconfig");
        self.write_kubeconfig(&path, &credential)?;
        Ok(path)
    }

    /// A new certificate for a server on loopback that the API server calls: an admission webhook, a kubelet.
    pub fn server_certificate(&self) -> Result<ServerCertificate, Error> {
        let Credential { certificate, key } = self.authority().another_server()?;
        Ok(ServerCertificate { certificate, key, authority: self.authority().itself().certificate })
    }

    /// `kubectl` of the cluster's version, not yet run, as the person in `kubeconfig`.
    #[must_use]
    pub fn kubectl(&self, kubeconfig: &Path) -> Command {
        let mut command = Command::new(self.folder.join("bin/kubectl"));
        command.arg("--kubeconfig").arg(kubeconfig);
        // Its usual cache is keyed by address, and would remember another run's cluster.
        command.arg("--cache-dir").arg(self.folder.join("kubectl-cache"));
        command
    }

    /// What the API server has been asked.
    #[must_use]
    pub fn audit_log(&self) -> AuditLog {
        AuditLog::at(self.folder.join("audit.log"))
    }

    /// A cluster that is being set up in `folder`, with an admin kubeconfig.
    pub(super) fn create(folder: &Path, port: u16) -> Result<Self, Error> {
        let server = format!("https://127.0.0.1:{port}");
        let cluster = Self { folder: folder.to_owned(), server };
        let admin = cluster.authority().client("admin", &["system:masters"])?;
        cluster.write_kubeconfig(&cluster.admin_kubeconfig(), &admin)?;
        Ok(cluster)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn authority(&self) -> Authority {
        Authority::open(&authority_folder(&self.folder))
    }

    fn write_kubeconfig(&self, path: &Path, credential: &Credential) -> Result<(), Error> {
        let authority = self.authority().itself();
        // JSON is YAML.
        let text = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "test",
            "contexts": [{ "name": "test", "context": { "cluster": "test", "user": "test" } }],
            "clusters": [{ "name": "test", "cluster": {
                "server": self.server,
                "certificate-authority": authority.certificate,
            } }],
            "users": [{ "name": "test", "user": {
                "client-certificate": credential.certificate,
                "client-key": credential.key,
            } }],
        });
        fs::write(path, format!("{text:#}\n"))
            .map_err(|source| Error::Io { path: path.to_owned(), source })
    }
}

/// Where a run keeps its certificates.
pub(super) fn authority_folder(run: &Path) -> PathBuf {
    run.join("pki")
}

fn server_of(kubeconfig: &Path) -> Option<String> {
    let text = fs::read_to_string(kubeconfig).ok()?;
    let config: Value = serde_json::from_str(&text).ok()?;
    config.pointer("/clusters/0/cluster/server")?.as_str().map(str::to_owned)
}
