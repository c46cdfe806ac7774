namespace AtlasCloud.Emulation.Scenarios;

/// <summary>The format of the outputs of a completed task.</summary>
internal enum ScenarioTaskOutputs
{
    /// <summary>A list of addresses.</summary>
    List,

    /// <summary>An object with an address per member.</summary>
    Object,

    /// <summary>A list of lists.</summary>
    Nested,

    /// <summary>Objects with <c>file.url</c>.</summary>
    File,

    /// <summary>An object with a list <c>images</c> of objects with <c>url</c>.</summary>
    Images,

    /// <summary>Objects with <c>file_url</c>.</summary>
    FileUrl,

    /// <summary>A list of objects without an address.</summary>
    Unreadable,

    /// <summary>The list of addresses, followed by an object without an address.</summary>
    PartlyUnreadable,
}
