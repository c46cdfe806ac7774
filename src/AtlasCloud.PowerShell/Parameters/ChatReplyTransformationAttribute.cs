using System.Management.Automation;

namespace AtlasCloud.PowerShell.Parameters;

/// <summary>Takes a reply as itself, or as it comes back from a file or another process.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChatReplyTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Deserialized.Restore(inputData) as ChatReply ?? inputData;
}
