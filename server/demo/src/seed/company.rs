//! Kawase Pay: a payments company of a dozen tenants, on a day on which not all is well.
//!
//! Data only.

use super::{
    release::Release,
    workload::{
        Budget::{AtLeast, AtMost},
        Scaling::Between,
        Trouble::{CrashLoop, NeverReady, OneCrashes, Paused, Pending, StuckRollout, Suspended},
        Workload,
    },
};

/// A namespace and what runs in it.
#[derive(Debug)]
pub(super) struct Tenant {
    pub(super) namespace: &'static str,
    pub(super) team: &'static str,
    pub(super) workloads: &'static [Workload],
}

const fn deployment(name: &'static str, replicas: u8, tag: &'static str, hours: i64) -> Workload {
    Workload::deployment(name, replicas, tag, hours)
}

const fn stateful(name: &'static str, replicas: u8, tag: &'static str, hours: i64) -> Workload {
    Workload::stateful(name, replicas, tag, hours)
}

const fn release(tag: &'static str, hours: i64) -> Release {
    Release::new(tag, hours)
}

const fn tenant(
    namespace: &'static str,
    team: &'static str,
    workloads: &'static [Workload],
) -> Tenant {
    Tenant { namespace, team, workloads }
}

/// The tenants that teams own.
pub(super) const TENANTS: &[Tenant] = &[
    tenant(
        "checkout",
        "checkout",
        &[
            deployment("checkout-api", 4, "2026.47.3", 29)
                .env(&[("BANK_TIMEOUT_MS", "4000"), ("RETRIES", "2")])
                .after(&[
                    release("2026.46.1", 340).memory("192Mi").env(&[("BANK_TIMEOUT_MS", "2500")]),
                    release("2026.47.0", 101).env(&[("BANK_TIMEOUT_MS", "2500")]),
                ])
                .guarded(AtLeast(3))
                .scaled(Between(3, 10)),
            deployment("checkout-web", 3, "2026.47.1", 52)
                .after(&[release("2026.46.2", 330), release("2026.47.0", 100)])
                .troubled(OneCrashes { restarts: 11 }),
            deployment("basket", 2, "2026.45.0", 310).guarded(AtMost(1)),
            stateful("session-cache", 3, "7.4.1", 2100).guarded(AtMost(1)).memory("1Gi"),
        ],
    ),
    tenant(
        "ledger",
        "ledger",
        &[
            deployment("ledger-api", 3, "18.2.0", 120)
                .after(&[release("18.0.3", 1700).memory("512Mi"), release("18.1.1", 800)])
                .guarded(AtLeast(2)),
            deployment("posting-worker", 4, "18.2.0", 119).memory("512Mi"),
            // Every pod is needed: nothing here may be evicted.
            stateful("journal", 3, "5.9.2", 4300).guarded(AtLeast(3)).memory("4Gi"),
            Workload::cron("trial-balance", "0 2 * * *", "18.2.0", 118),
            Workload::job("entry-reindex", 40, 2, "18.2.0", 3).memory("512Mi"),
        ],
    ),
    tenant(
        "payouts",
        "payouts",
        &[
            // The release that hangs leaves a good one to go back to.
            deployment("payouts-api", 3, "3.31.0", 200)
                .env(&[("BATCH_SIZE", "200")])
                .after(&[
                    release("3.29.2", 1400).env(&[("BATCH_SIZE", "50")]),
                    release("3.30.4", 905).env(&[("BATCH_SIZE", "100")]),
                ])
                .guarded(AtLeast(2))
                .troubled(StuckRollout { tag: "3.32.0", minutes: 38 }),
            deployment("bank-connector", 2, "3.30.4", 900),
            deployment("payout-scheduler", 1, "3.31.0", 201),
            Workload::cron("statement-import", "15 * * * *", "3.31.0", 199)
                .troubled(Suspended { hours: 6 }),
        ],
    ),
    tenant(
        "fraud-scoring",
        "fraud",
        &[
            deployment("scoring-api", 4, "2.14.7", 76).guarded(AtLeast(2)).memory("1Gi"),
            // Somebody saved memory where there was none to save.
            deployment("feature-store", 1, "2.14.0", 7)
                .memory("512Mi")
                .after(&[
                    release("2.12.0", 2200).memory("2Gi"),
                    release("2.13.9", 640).memory("2Gi").env(&[("CACHE_ROWS", "250000")]),
                ])
                .troubled(CrashLoop { restarts: 23 }),
            deployment("rules-engine", 2, "2.13.9", 640),
        ],
    ),
    tenant(
        "card-vault",
        "vault",
        &[
            deployment("tokeniser", 3, "1.8.2", 1500).guarded(AtLeast(2)),
            stateful("vault-store", 3, "1.8.0", 5200).guarded(AtMost(1)).memory("2Gi"),
        ],
    ),
    tenant(
        "notifications",
        "messaging",
        &[
            deployment("mailer", 2, "4.2.2", 430),
            deployment("push-gateway", 2, "4.2.5", 31),
            deployment("template-renderer", 1, "4.1.0", 1900),
        ],
    ),
    tenant(
        "identity",
        "identity",
        &[
            deployment("sign-in", 3, "9.0.4", 98).guarded(AtLeast(2)),
            deployment("directory", 2, "8.7.0", 1300).guarded(AtMost(1)),
        ],
    ),
    tenant(
        "merchant-portal",
        "merchants",
        &[
            deployment("portal-web", 3, "2026.46.2", 174)
                .after(&[release("2026.44.0", 700), release("2026.45.3", 420)])
                .guarded(AtLeast(1))
                .troubled(Paused { tag: "2026.47.0", minutes: 55 }),
            deployment("portal-api", 2, "2026.46.2", 173),
            deployment("report-export", 1, "2026.44.0", 5)
                .env(&[("EXPORT_BUCKET", "reports-v2")])
                .after(&[
                    release("2026.42.1", 1500).env(&[("EXPORT_BUCKET", "reports")]),
                    release("2026.43.4", 610).env(&[("EXPORT_BUCKET", "reports")]),
                ])
                .troubled(NeverReady),
        ],
    ),
    tenant(
        "settlement",
        "ledger",
        &[
            deployment("settlement-api", 2, "6.5.1", 720).guarded(AtMost(1)),
            deployment("netting", 2, "6.5.1", 719).memory("1Gi"),
            Workload::cron("scheme-files", "30 */4 * * *", "6.5.0", 718),
        ],
    ),
    tenant(
        "fx-rates",
        "treasury",
        &[
            deployment("rates-api", 3, "1.22.0", 260).guarded(AtLeast(2)),
            deployment("feed-reader", 2, "1.22.1", 48),
        ],
    ),
    tenant(
        "disputes",
        "disputes",
        &[
            deployment("disputes-api", 2, "0.19.3", 410),
            deployment("evidence-store", 1, "0.19.0", 1100),
        ],
    ),
    tenant(
        "reporting",
        "data",
        &[
            deployment("query-api", 2, "5.0.8", 88),
            deployment("warehouse-loader", 1, "5.1.0", 1).memory("96Gi").troubled(Pending),
            deployment("dashboards", 2, "5.0.2", 860),
        ],
    ),
];

/// The cluster's own namespace.
pub(super) const SYSTEM: Tenant = tenant(
    "kube-system",
    "",
    &[
        deployment("coredns", 2, "1.11.3", 9600).guarded(AtMost(1)),
        deployment("metrics-server", 1, "0.7.2", 9590),
        Workload::daemon("kube-proxy", "1.33.0", 9580),
    ],
);

/// A namespace nobody owns any more.
pub(super) const UNOWNED: Tenant =
    tenant("loyalty-pilot", "", &[deployment("points-api", 1, "0.3.0", 7000)]);
