//! Reading the sources, each as one layer.

use std::{fs, io, path::PathBuf};

use toml::{Table, Value};

use super::{ConfigError, Layer, Settings};

/// The file that is read where none is named, if it is there.
const FILE: &str = "sekisho.toml";

/// Where a configuration comes from.
#[derive(Debug)]
pub struct Sources {
    /// What the flags say.
    pub flags: Layer,
    /// The file named by flag or variable.
    pub file: Option<PathBuf>,
}

impl Sources {
    /// Reads what the flags leave open from variables, as `variable` tells them, and the file; then resolves it.
    pub fn settings(
        self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Settings, ConfigError> {
        let environment = environment(variable)?;
        let file = file(self.file)?;
        Settings::resolve(self.flags.or(environment).or(file))
    }
}

fn environment(variable: impl Fn(&str) -> Option<String>) -> Result<Layer, ConfigError> {
    let mut said = Table::new();
    for name in Layer::VARIABLES {
        let full_name = format!("SEKISHO_{}", name.to_uppercase());
        // An empty variable is how shells and manifests say nothing.
        let Some(value) = variable(&full_name).filter(|value| !value.is_empty()) else {
            continue;
        };
        let alone = Table::from_iter([(name.to_owned(), Value::String(value.clone()))]);
        alone.try_into::<Layer>().map_err(|error| ConfigError::Variable {
            variable: full_name,
            reason: error.message().to_owned(),
        })?;
        said.insert(name.to_owned(), Value::String(value));
    }
    said.try_into().map_err(|error| ConfigError::Variable {
        variable: "SEKISHO_*".to_owned(),
        reason: error.message().to_owned(),
    })
}

fn file(named: Option<PathBuf>) -> Result<Layer, ConfigError> {
    let must_exist = named.is_some();
    let path = named.unwrap_or_else(|| FILE.into());
    match fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text)
            .map_err(|error| ConfigError::Malformed { path, reason: error.to_string() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !must_exist => {
            Ok(Layer::default())
        }
        Err(source) => Err(ConfigError::Unreadable { path, source }),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

    use clap::Parser;

    use super::*;
    use crate::{
        cluster::{ClusterSource, ExecPlugins},
        config::Database,
        http::AddressFrom,
    };

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        layer: Layer,
    }

    struct Given {
        dir: tempfile::TempDir,
        variables: BTreeMap<String, String>,
        flags: Layer,
    }

    impl Given {
        fn new(flags: &[&str], variables: &[(&str, &str)], file: &str) -> Self {
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join("sekisho.toml"), file).unwrap();
            let flags = Flags::try_parse_from(["sekisho"].iter().chain(flags)).unwrap();
            Self {
                dir,
                variables: variables
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
                flags: flags.layer,
            }
        }

        fn settings(self) -> Result<Settings, ConfigError> {
            let sources =
                Sources { flags: self.flags, file: Some(self.dir.path().join("sekisho.toml")) };
            sources.settings(|name| self.variables.get(name).cloned())
        }

        fn error(self) -> String {
            self.settings().unwrap_err().to_string()
        }
    }

    const FILE: &str = "origin = \"https://file.example\"\nlisten = \"127.0.0.1:1\"\npolicy = \"policy\"\n\
                        site = \"from-file\"\n[clusters.prod]\nin_cluster = true\n";

    #[test]
    fn flags_come_before_variables_and_variables_before_the_file() {
        let variables = [
            ("SEKISHO_LISTEN", "127.0.0.1:2"),
            ("SEKISHO_ORIGIN", "https://env.example"),
            ("SEKISHO_DATA", ""),
        ];
        let given = Given::new(&["--listen", "127.0.0.1:3"], &variables, FILE);
        let settings = given.settings().unwrap();
        assert_eq!(settings.listen, SocketAddr::from(([127, 0, 0, 1], 3)));
        assert_eq!(settings.origin.to_string(), "https://env.example");
        assert_eq!(settings.site, Some(PathBuf::from("from-file")));
        assert_eq!(settings.data, PathBuf::from("data"));
        assert_eq!(settings.metrics_listen, None);
        assert_eq!(settings.address_from, AddressFrom::Peer);
        assert_eq!(settings.database, Database::Embedded);
        assert!(matches!(settings.clusters[0].source, ClusterSource::InCluster));
        assert_eq!(settings.clusters[0].exec_plugins, ExecPlugins::Refused);
        assert_eq!(settings.session_limits.idle, Duration::from_mins(30));
    }

    #[test]
    fn a_cluster_by_flags_takes_nothing_from_elsewhere() {
        let variables = [("SEKISHO_CONTEXT", "elsewhere"), ("SEKISHO_CLUSTER", "prod")];
        let settings = Given::new(&["--kubeconfig", "kc"], &variables, FILE).settings().unwrap();
        let [cluster] = settings.clusters.as_slice() else { panic!("one cluster was given") };
        assert_eq!(cluster.name.as_str(), "main");
        let ClusterSource::Kubeconfig { path, context } = &cluster.source else {
            panic!("it is reached by kubeconfig")
        };
        assert_eq!((path, context), (&PathBuf::from("kc"), &None));
    }

    #[test]
    fn a_token_is_read_and_shown_nowhere() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("token");
        fs::write(&file, "hunter2\n").unwrap();
        let table =
            format!("[clusters.lab]\nurl = \"http://127.0.0.1:1\"\ntoken_file = {file:?}\n");
        let text = format!("origin = \"https://a.example\"\npolicy = \"p\"\n{table}");
        let settings = Given::new(&["--exec-plugins", "allowed"], &[], &text).settings().unwrap();
        assert!(matches!(settings.clusters[0].source, ClusterSource::Address { .. }));
        assert_eq!(settings.clusters[0].exec_plugins, ExecPlugins::Allowed);
        assert!(!format!("{settings:?}").contains("hunter2"));
        fs::remove_file(&file).unwrap();
        assert!(matches!(
            Given::new(&[], &[], &text).settings(),
            Err(ConfigError::Unreadable { .. })
        ));
    }

    #[test]
    fn every_variable_is_a_field_and_every_mistake_is_named() {
        for name in Layer::VARIABLES {
            let variable = format!("SEKISHO_{}", name.to_uppercase());
            let error = Given::new(&[], &[(&variable, "\u{7f} ")], "listem = 1").error();
            let free_text =
                ["data", "policy", "site", "notification_secrets", "kubeconfig", "context"];
            assert_eq!(error.starts_with(&variable), !free_text.contains(&name), "{error}");
            assert!(!error.contains("unknown field `{name}`"), "{error}");
        }
        let error = Given::new(&[], &[], "listem = 1").error();
        assert!(error.contains("unknown field `listem`"), "{error}");
    }

    #[test]
    fn what_is_missing_is_named_with_every_way_to_give_it() {
        let error = Given::new(&[], &[], "[clusters.a]\nin_cluster = true\n").error();
        assert_eq!(
            error,
            "the public address is not given: use --origin, the variable SEKISHO_ORIGIN, or `origin` in sekisho.toml"
        );
        let flags = ["--origin", "https://a.example", "--cluster", "prod"];
        let error = Given::new(&flags, &[], "").error();
        assert!(error.starts_with("the policy repository is not given: use --policy"), "{error}");
        let error = Given::new(&[], &[], "").error();
        assert!(error.starts_with("no cluster is given: use --kubeconfig"), "{error}");
    }

    #[test]
    fn a_cluster_is_reached_in_one_way() {
        for entry in [
            "",
            "in_cluster = false",
            "in_cluster = true\nkubeconfig = \"kc\"",
            "url = \"https://a\"",
            "context = \"c\"",
            "url = \"https://a\"\ntoken_file = \"t\"\nkubeconfig = \"kc\"",
        ] {
            let file =
                format!("origin = \"https://a.example\"\npolicy = \"p\"\n[clusters.a]\n{entry}\n");
            let error = Given::new(&[], &[], &file).error();
            assert!(error.starts_with("cluster a must have exactly one of"), "{entry}: {error}");
        }
        let error = Given::new(&["--context", "c"], &[], FILE).error();
        assert!(error.contains("without a kubeconfig"), "{error}");
    }

    #[test]
    fn a_file_that_is_named_must_be_there() {
        let mut given = Given::new(&[], &[], FILE);
        given.dir = tempfile::tempdir().unwrap();
        assert!(matches!(given.settings(), Err(ConfigError::Unreadable { .. })));
    }

    #[test]
    fn sessions_do_not_idle_longer_than_they_last() {
        let error = Given::new(&["--session-idle", "13h"], &[], FILE).error();
        assert!(error.starts_with("session_idle"), "{error}");
    }
}
