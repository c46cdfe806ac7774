using System.Management.Automation;
using AtlasCloud.PowerShell.Sessions;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Also accepts a session of another process, such as $using:session in Start-Job.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    private const string SentType = "Deserialized.AtlasCloud.Session";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is not PSObject item || item.TypeNames.FirstOrDefault() != SentType)
        {
            return inputData;
        }

        try
        {
            return RestoredSessions.Current.Get(item, engineIntrinsics.InvokeCommand);
        }
        catch (AtlasCloudException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.RecommendedAction}".TrimEnd(), exception);
        }
    }
}
