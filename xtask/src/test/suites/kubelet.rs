//! Suite `kubelet`: those actions whose truth is in a container, on a real node: kubelet, containerd, runc. Cluster and
//! node are started for this run; before that, a node by itself shows that nothing is left of it.

use harness::cache::Cache;
use harness::{control_plane, node};

use crate::command;
use crate::progress::{self, step};
use crate::test::suite::SuiteError;
use crate::workspace::Workspace;
use crate::{cluster, native};

/// The harness's own test of a node.
pub const NODE: &str = "node";
/// The scenarios, among those of the cluster contract.
pub const SCENARIOS: &str = "kubelet::";

/// How many scenarios are played at a time: they wait for containers most of the time.
const AT_ONCE: &str = "12";

pub fn run(workspace: &Workspace) -> Result<(), SuiteError> {
    node::prepare(&progress::relay)?;
    control_plane::prepare(&Cache::open()?, &progress::relay)?;
    command::run(&mut native::integration_tests(workspace, &[NODE]))?;

    let mut plane = cluster::start(workspace, "kubelet")?;
    step("start a real node", || plane.run_node())?;
    let (kubernetes, kubeconfig) = plane.cluster().environment();
    let mut scenarios = native::integration_tests(workspace, &["cluster_contract"]);
    scenarios.args(["--", SCENARIOS, "--test-threads", AT_ONCE]);
    Ok(command::run(scenarios.env(kubernetes, kubeconfig))?)
}
