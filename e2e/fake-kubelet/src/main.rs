//! A kubelet for tests. It registers nodes, brings the pods that are scheduled to them to
//! life, and removes those that terminate. It never runs a container, and tells what each
//! wrote all the same.

mod behaviour;
mod kubelet;
mod life;
mod logs;
mod node;
mod status;

use std::{error::Error, path::PathBuf};

use clap::Parser;
use jiff::Timestamp;
use kube::{
    Client, Config,
    config::{KubeConfigOptions, Kubeconfig},
};

use kubelet::Kubelet;
use logs::Door;

/// Pretends to be the kubelet of several nodes.
#[derive(Parser)]
struct Arguments {
    /// The cluster, and an identity that may write nodes and pods.
    #[arg(long)]
    kubeconfig: PathBuf,
    /// How many nodes to be.
    #[arg(long, default_value_t = 1)]
    nodes: u16,
    /// What it shows to the API server: a PEM file.
    #[arg(long)]
    certificate: PathBuf,
    /// The certificate's key: a PEM file.
    #[arg(long)]
    key: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();

    let kubeconfig = Kubeconfig::read_from(&arguments.kubeconfig)?;
    let options = KubeConfigOptions::default();
    let client = Client::try_from(Config::from_custom_kubeconfig(kubeconfig, &options).await?)?;
    let door = Door::open(&arguments.certificate, &arguments.key).await?;
    let nodes = node::names(arguments.nodes);
    for name in &nodes {
        node::register(client.clone(), name, door.port()?, now()).await?;
    }
    tokio::spawn(door.serve());
    Kubelet::new(client, nodes, now).run().await;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the fake kubelet reads the clock"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
