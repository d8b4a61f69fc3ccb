//! A real `sekisho serve` with SQLite, over the cluster, with exactly the power that `sekisho rbac` renders.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use axum::http::{HeaderValue, header};
use harness::{control_plane::Cluster, run_folder::RunFolder, service::Service, tool, wait};
use person::{Authenticator, Browser};
use serde_json::json;

use super::{Trouble, caller::Caller, crowd::tenant, policy};

/// Its public address, as behind a proxy: browsers hold `localhost` for safe without TLS.
const ORIGIN: &str = "http://localhost";
const STARTS_WITHIN: Duration = Duration::from_mins(1);

/// What a console is made of.
#[derive(Clone, Debug)]
pub struct Parts {
    /// `sekisho`.
    pub program: PathBuf,
    /// The folder of the built pages.
    pub site: PathBuf,
    /// The policy folder.
    pub policy: PathBuf,
    /// The kubeconfig of its own account.
    pub kubeconfig: PathBuf,
}

/// A running console; dropping it ends it.
pub struct Console {
    service: Service,
    address: SocketAddr,
    parts: Parts,
    data: PathBuf,
}

impl Parts {
    /// Lets the cluster's administrator apply what `sekisho rbac` renders.
    pub fn apply_rbac(&self, cluster: &Cluster, folder: &Path) -> Result<(), Trouble> {
        let mut rbac = Command::new(&self.program);
        rbac.arg("rbac").arg(&self.policy).args(["--cluster", policy::CLUSTER]);
        apply(cluster, &folder.join("rbac.yaml"), &tool::output(&mut rbac)?)
    }

    /// Starts it, with its data in the run folder.
    pub fn start(self, folder: &RunFolder) -> Result<Console, Trouble> {
        let data = folder.path().join("data");
        let mut serve = self.command("serve", &data);
        serve.args(["--listen", "127.0.0.1:0"]);
        let mut service = Service::start("sekisho", serve, folder)?;
        let line = wait::until("the console to listen", STARTS_WITHIN, || {
            if let Err(ended) = service.check() {
                return Some(Err(ended));
            }
            let log = fs::read_to_string(service.log()).ok()?;
            address_in(&log).map(Ok)
        });
        let address = line??;
        Ok(Console { service, address, parts: self, data })
    }

    fn command(&self, verb: &str, data: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg(verb)
            .args(["--origin", ORIGIN, "--cluster", policy::CLUSTER])
            .arg("--data")
            .arg(data)
            .arg("--policy")
            .arg(&self.policy)
            .arg("--site")
            .arg(&self.site)
            .arg("--kubeconfig")
            .arg(&self.kubeconfig);
        command
    }
}

/// What a server says of itself once it listens.
pub(super) fn address_in(log: &str) -> Option<SocketAddr> {
    let (_, rest) = log.split_once("listens on ")?;
    let (line, _) = rest.split_once('\n')?;
    line.split(' ').next()?.parse().ok()
}

impl Console {
    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.service.pid()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Enrols the engineer and signs them in; returns the cookies of their browser.
    pub async fn sign_in(&self) -> Result<HeaderValue, Trouble> {
        cookies_of(&self.enrol(policy::LOGIN).await?.0)
    }

    /// Enrols somebody of the policy and signs them in.
    pub async fn enrol(&self, login: &str) -> Result<(Browser, Authenticator), Trouble> {
        let mut invite = self.parts.command("invite", &self.data);
        invite.arg(login);
        let link = tool::output(&mut invite)?;
        let secret = link.trim().rsplit_once('#').ok_or("the invitation holds no link")?.1;
        let mut browser = Browser::at(self.address, ORIGIN);
        let mut authenticator = browser.enrol(secret).await;
        if !browser.is_signed_in().await {
            browser.sign_in(&mut authenticator).await.done();
        }
        Ok((browser, authenticator))
    }

    /// Somebody with these cookies, who reads pages.
    #[must_use]
    pub fn visitor(&self, cookies: &HeaderValue) -> Caller {
        Caller::at(self.address)
            .sending(header::COOKIE, cookies.clone())
            .sending(header::ACCEPT, HeaderValue::from_static("text/html"))
    }
}

/// What a browser sends to be known.
pub fn cookies_of(browser: &Browser) -> Result<HeaderValue, Trouble> {
    let cookies: Vec<_> = browser.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect();
    Ok(cookies.join("; ").try_into()?)
}

/// The page of a tenant.
#[must_use]
pub fn tenant_page(number: usize) -> String {
    format!("/tenants/{}/{}", policy::CLUSTER, tenant(number))
}

/// Lets the engineer see the tenants of their team with their own user: the company's RBAC, not the console's.
pub fn let_engineer_view(
    cluster: &Cluster,
    folder: &Path,
    tenants: impl Iterator<Item = usize>,
) -> Result<(), Trouble> {
    let bindings = tenants.map(|number| {
        json!({
            "apiVersion": "rbac.authorization.k8s.io/v1",
            "kind": "RoleBinding",
            "metadata": {"name": "team-views", "namespace": tenant(number)},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
            "subjects": [
                {"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": policy::USER},
            ],
        })
    });
    let list = json!({"apiVersion": "v1", "kind": "List", "items": bindings.collect::<Vec<_>>()});
    apply(cluster, &folder.join("view.json"), &list.to_string())
}

pub(super) fn apply(cluster: &Cluster, file: &Path, manifests: &str) -> Result<(), Trouble> {
    fs::write(file, manifests)?;
    let mut kubectl = cluster.kubectl(&cluster.admin_kubeconfig());
    tool::output(kubectl.args(["apply", "--filename"]).arg(file))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_s_address_is_read_once_its_line_is_whole() {
        let log = "WARN something\nSekisho listens on 127.0.0.1:4567 for http://localhost\n";
        assert_eq!(address_in(log).unwrap().port(), 4567);
        assert_eq!(address_in("Sekisho listens on 127.0.0.1:45"), None);
    }
}
