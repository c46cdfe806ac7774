namespace AtlasCloud.Chat;

/// <summary>Makes a conversation fit to be sent: every call has its answer behind it, and no answer lacks its call.</summary>
internal static class ChatHistory
{
    private const string NotRun = "This call was not run.";

    internal static IReadOnlyList<ChatMessage> Repair(IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage> repaired = [];
        List<string> open = [];
        foreach (ChatMessage message in messages)
        {
            if (message.Role == "tool")
            {
                // What a shortened transcript lost cannot be answered.
                if (open.Remove(message.ToolCallId ?? ""))
                {
                    repaired.Add(message);
                }

                continue;
            }

            Close(repaired, open);
            repaired.Add(message);
            open.AddRange(message.ToolCalls.Select(c => c.Id));
        }

        Close(repaired, open);
        return repaired;
    }

    private static void Close(List<ChatMessage> repaired, List<string> open)
    {
        repaired.AddRange(open.Select(id => new ChatMessage { Role = "tool", ToolCallId = id, Text = NotRun, IsError = true }));
        open.Clear();
    }
}
