namespace AtlasCloud.Management;

/// <summary>What a request is about, for its errors.</summary>
/// <param name="Description">What is requested, for messages.</param>
/// <param name="Value">The ID or the name; null for a list.</param>
internal sealed record ManagementSubject(string Description, string? Value)
{
    /// <summary>The reason of a 404.</summary>
    internal AtlasCloudErrorReason Unknown { get; private init; }

    /// <summary>The reason of a 409 that names no other one.</summary>
    internal AtlasCloudErrorReason NameTaken { get; private init; }

    /// <summary>The reason if the outcome is unknown.</summary>
    internal AtlasCloudErrorReason UnknownOutcome { get; private init; } = AtlasCloudErrorReason.ManagementOutcomeUnknown;

    internal static ManagementSubject Projects { get; } = new("the projects", null);

    internal static ManagementSubject NewProject(string name) => new($"the new project '{name}'", name)
    {
        NameTaken = AtlasCloudErrorReason.ProjectNameTaken,
        UnknownOutcome = AtlasCloudErrorReason.ProjectOutcomeUnknown,
    };

    internal static ManagementSubject NewKey(string name) => new($"the new API key '{name}'", name)
    {
        Unknown = AtlasCloudErrorReason.ProjectUnknown,
        NameTaken = AtlasCloudErrorReason.ApiKeyNameTaken,
        UnknownOutcome = AtlasCloudErrorReason.ApiKeyOutcomeUnknown,
    };

    internal static ManagementSubject Project(string what, string id) => new($"{what} of the project {id}", id) { Unknown = AtlasCloudErrorReason.ProjectUnknown };

    internal static ManagementSubject Key(string what, string id) => new($"{what} of the API key {id}", id) { Unknown = AtlasCloudErrorReason.ApiKeyUnknown };
}
