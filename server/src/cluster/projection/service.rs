//! Services and `HorizontalPodAutoscaler`s as rows.

use domain::resources::{ScalerRow, ServiceRow};
use k8s_openapi::api::core::v1::Service;
use kube::core::Object;
use serde::Deserialize;

use super::metadata::{count, identity};

/// The row of a Service.
pub(in crate::cluster) fn service_row(service: Service) -> Option<ServiceRow> {
    let identity = identity(&service.metadata)?;
    let selector = service.spec.and_then(|spec| spec.selector).unwrap_or_default();
    Some(ServiceRow { namespace: identity.namespace, name: identity.name, selector })
}

/// An autoscaler of autoscaling/v2 or autoscaling/v1; both write these fields alike.
pub(in crate::cluster) type Scaler = Object<ScalerSpec, ScalerStatus>;

/// What an autoscaler scales, and between which bounds.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::cluster) struct ScalerSpec {
    scale_target_ref: ScaleTarget,
    min_replicas: Option<i32>,
    max_replicas: i32,
}

#[derive(Clone, Debug, Deserialize)]
struct ScaleTarget {
    kind: String,
    name: String,
}

/// What it chose; nothing that a row keeps.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::cluster) struct ScalerStatus {}

/// The row of an autoscaler.
pub(in crate::cluster) fn scaler_row(scaler: Scaler) -> Option<ScalerRow> {
    let identity = identity(&scaler.metadata)?;
    let ScalerSpec { scale_target_ref, min_replicas, max_replicas } = scaler.spec;
    Some(ScalerRow {
        namespace: identity.namespace,
        name: identity.name,
        target_kind: scale_target_ref.kind,
        target_name: scale_target_ref.name,
        least: count(min_replicas.unwrap_or(1)),
        most: count(max_replicas),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_service_without_a_selector_covers_nothing() {
        let service = |spec| {
            let metadata = json!({"namespace": "checkout", "name": "api", "uid": "s"});
            let service = json!({"metadata": metadata, "spec": spec});
            service_row(serde_json::from_value(service).unwrap()).unwrap()
        };
        let labels = [("app".to_owned(), "api".to_owned())].into();
        assert!(service(json!({"selector": {"app": "api"}})).covers(&labels));
        assert!(!service(json!({"selector": {"app": "web"}})).covers(&labels));
        assert!(!service(json!({"externalName": "elsewhere.example"})).covers(&labels));
    }

    #[test]
    fn an_autoscaler_chooses_at_least_one() {
        let scaler = json!({
            "metadata": {"namespace": "checkout", "name": "api", "uid": "h"},
            "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "api"}, "maxReplicas": 9},
            "status": {"currentReplicas": 2, "desiredReplicas": 2},
        });
        let row = scaler_row(serde_json::from_value(scaler).unwrap()).unwrap();
        assert_eq!((row.least, row.most), (1, 9));
        assert!(row.scales("Deployment", "api") && !row.scales("StatefulSet", "api"));
    }
}
