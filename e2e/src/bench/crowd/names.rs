//! What tenants, workloads and pods are called: the same in every run, and as long as real names.

/// The letters of the suffixes that Kubernetes makes.
const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
const APPS: [&str; 7] = ["api", "web", "worker", "gateway", "importer", "notifier", "reports"];
const TENANT: &str = "tenant-";

/// One pod of one workload of one tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub tenant: usize,
    /// Which of the tenant's workloads.
    pub workload: usize,
    /// Which of its pods.
    pub pod: usize,
}

/// The namespace of a tenant.
#[must_use]
pub fn tenant(number: usize) -> String {
    format!("{TENANT}{number:03}")
}

pub(super) fn is_tenant(namespace: &str) -> bool {
    namespace.starts_with(TENANT)
}

impl Place {
    pub(super) fn namespace(self) -> String {
        tenant(self.tenant)
    }

    /// The Deployment.
    pub(super) fn app(self) -> String {
        format!("tenant-{}", APPS[self.workload % APPS.len()])
    }

    /// What tells its ReplicaSet from others of the Deployment.
    pub(super) fn hash(self) -> String {
        suffix(self.tenant * 31 + self.workload, 10)
    }

    pub(super) fn replica_set(self) -> String {
        format!("{}-{}", self.app(), self.hash())
    }

    /// The pod.
    #[must_use]
    pub fn name(self) -> String {
        format!("{}-{}", self.replica_set(), suffix(self.pod + 1000, 5))
    }

    pub(super) fn version(self) -> String {
        format!("1.{}.0", (self.tenant + self.workload) % 30)
    }

    pub(super) fn image(self) -> String {
        format!("registry.example.internal/platform/{}:v{}", self.app(), self.version())
    }
}

/// Letters that follow from a number and look as if they did not.
fn suffix(number: usize, letters: usize) -> String {
    let mut state = number as u64 + 1;
    let letter = |_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let index = (state >> 33) as usize % LETTERS.len();
        char::from(LETTERS[index])
    };
    (0..letters).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pod_is_called_as_a_deployment_calls_its_own() {
        let place = Place { tenant: 7, workload: 2, pod: 3 };
        let name = place.name();
        let [hash, last] = [place.hash(), name.rsplit('-').next().unwrap().to_owned()];
        assert_eq!(name, format!("tenant-worker-{hash}-{last}"));
        assert_eq!((hash.len(), last.len()), (10, 5));
    }

    #[test]
    fn pods_of_a_tenant_have_different_names() {
        let crowd = crate::bench::crowd::Crowd { tenants: 1, pods_each: 20 };
        let mut names: Vec<_> = crowd.places(0).map(Place::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 20);
    }
}
