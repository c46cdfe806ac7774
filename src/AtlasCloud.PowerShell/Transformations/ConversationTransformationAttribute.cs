using System.Management.Automation;
using AtlasCloud.PowerShell.Binding;
using AtlasCloud.PowerShell.Pipeline;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Accepts a conversation as a reply, as messages, or as a reply that was serialized to a file or another process.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConversationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return Convert(inputData) ?? inputData;
        }
        catch (AtlasCloudException exception)
        {
            throw new ArgumentTransformationMetadataException($"{exception.Message} {ErrorAdvice.For(exception)}", exception);
        }
    }

    /// <summary>The reply that a value represents; null if it does not look like a conversation.</summary>
    /// <exception cref="AtlasCloudException">InvalidParameter: it looks like a conversation, but contains no messages.</exception>
    internal static ChatReply? Convert(object? value)
    {
        object? plain = PSObjects.Unwrap(value);
        switch (plain)
        {
            case ChatReply reply:
                return reply;
            case null or string or ValueType:
                return null;
            case PSCustomObject when value is PSObject item && item.Properties["Conversation"] is null && item.Properties["Role"] is null:
                return null;
        }

        ChatConversation conversation = ChatConversation.FromValue(plain is ChatMessage or IEnumerable<ChatMessage> ? plain : PlainValues.Unwrap(value));
        return new ChatReply { Model = conversation.Model, Conversation = conversation.Messages };
    }
}
