using System.Text;
using System.Text.Json.Nodes;

namespace AtlasCloud.Tests;

/// <summary>Long answers. Other tests would be seen in what is measured, so that it runs alone.</summary>
[Collection(Alone)]
[CollectionDefinition(Alone, DisableParallelization = true)]
public sealed class ChatMemoryTests
{
    private const string Alone = "alone";
    private const int Many = 100_000;

    [Fact]
    public async Task Stream_of_100000_chunks_arrives_in_order_with_flat_memory()
    {
        GatedStream body = new(Events().GetEnumerator());
        StubHandler service = SomeChat.Service(StubReply.Stream(() => body, "text/event-stream"));
        int count = 0;
        long early = 0;
        long late = 0;
        ChatReply? reply = null;
        await foreach (ChatChunk chunk in Some.Client(service).Chat.StreamAsync(SomeChat.Request()))
        {
            reply = chunk.Reply;
            if (reply is null && chunk.FinishReason is null)
            {
                Assert.Equal(count + " ", chunk.Text);
                count++;
                early = count == Many / 10 ? GC.GetTotalMemory(forceFullCollection: true) : early;
                late = count == Many ? GC.GetTotalMemory(forceFullCollection: true) : late;
            }
        }

        Assert.Equal(Many, count);
        Assert.Equal(string.Concat(Enumerable.Range(0, Many).Select(i => i + " ")), reply!.Text);

        // The text itself is about a megabyte.
        Assert.True(late - early < 8 * 1024 * 1024, $"{late - early} bytes more");

        static IEnumerable<(Task, byte[])> Events()
        {
            for (int i = 0; i < Many; i++)
            {
                yield return (Task.CompletedTask, Encoding.UTF8.GetBytes($"data: {SomeAnswer.Delta(new JsonObject { ["content"] = i + " " }, null)}\n\n"));
            }

            yield return (Task.CompletedTask, Encoding.UTF8.GetBytes($"data: {SomeAnswer.Delta([], "stop")}\n\n"));
        }
    }
}
