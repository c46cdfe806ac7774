namespace AtlasCloud.Chat;

/// <summary>Makes a conversation acceptable to the protocols: every tool call is followed by its result, and every result has its call.</summary>
internal static class ToolCallRepair
{
    private const string NotRun = "This call was not run.";

    internal static IReadOnlyList<ChatMessage> Apply(IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage> repaired = [];
        List<string> open = [];
        foreach (ChatMessage message in messages)
        {
            if (message.Role == "tool")
            {
                // A shortened conversation may have lost the call.
                if (open.Remove(message.ToolCallId ?? ""))
                {
                    repaired.Add(message);
                }

                continue;
            }

            AnswerOpenCalls(repaired, open);
            repaired.Add(message);
            open.AddRange(message.ToolCalls.Select(c => c.Id));
        }

        AnswerOpenCalls(repaired, open);
        return repaired;
    }

    private static void AnswerOpenCalls(List<ChatMessage> repaired, List<string> open)
    {
        repaired.AddRange(open.Select(id => new ChatMessage { Role = "tool", ToolCallId = id, Text = NotRun, IsError = true }));
        open.Clear();
    }
}
