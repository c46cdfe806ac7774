using System.Management.Automation;
using AtlasCloud.Chat;
using AtlasCloud.PowerShell.Binding;

namespace AtlasCloud.PowerShell.Transformations;

/// <summary>Takes a conversation as a reply, as messages, or as what became of a reply on its way through a file or another process.</summary>
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
            throw new ArgumentTransformationMetadataException($"{exception.Message} {exception.RecommendedAction}", exception);
        }
    }

    /// <summary>The reply that a value stands for; null where it does not look like a conversation.</summary>
    /// <exception cref="AtlasCloudException">It looks like one, but there is no message in it.</exception>
    internal static ChatReply? Convert(object? value)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case ChatReply reply:
                return reply;
            case null or string or ValueType:
                return null;
            case PSCustomObject when value is PSObject item && item.Properties["Conversation"] is null && item.Properties["Role"] is null:
                return null;
        }

        ChatConversation conversation = ChatConversation.FromPlain(plain is ChatMessage or IEnumerable<ChatMessage> ? plain : PlainValues.Unwrap(value));
        return new ChatReply { Model = conversation.Model, Conversation = conversation.Messages };
    }
}
