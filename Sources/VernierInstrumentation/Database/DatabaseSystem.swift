public import Vernier

/// A database product, by the name that OpenTelemetry's conventions give it (`db.system.name`).
///
/// ```swift
/// let metrics = DatabaseMetrics(system: .postgresql)
/// ```
public struct DatabaseSystem: LabelValue, Hashable, ExpressibleByStringLiteral {
    /// The name, as it stands in labels.
    public let labelText: String

    /// Names a product that has no constant here.
    public init(stringLiteral name: String) { labelText = name }

    /// The key of the name: no allocation for at most 15 bytes.
    public var labelKey: LabelKey { LabelKey(labelText) }

    /// SQLite.
    public static var sqlite: DatabaseSystem { "sqlite" }
    /// PostgreSQL.
    public static var postgresql: DatabaseSystem { "postgresql" }
    /// MySQL.
    public static var mysql: DatabaseSystem { "mysql" }
    /// MariaDB.
    public static var mariadb: DatabaseSystem { "mariadb" }
    /// Microsoft SQL Server; its name in the conventions is the dotted one.
    public static var sqlServer: DatabaseSystem { "microsoft.sql_server" }
    /// Redis.
    public static var redis: DatabaseSystem { "redis" }
    /// MongoDB.
    public static var mongodb: DatabaseSystem { "mongodb" }
    /// Another one that speaks SQL.
    public static var otherSQL: DatabaseSystem { "other_sql" }
}
