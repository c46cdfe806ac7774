namespace AtlasCloud.Json;

/// <summary>An object that is sent as a string, such as the address of an upload or of a result.</summary>
internal interface IRequestValue
{
    /// <summary>The string that represents the object in a request.</summary>
    string RequestValue { get; }
}
