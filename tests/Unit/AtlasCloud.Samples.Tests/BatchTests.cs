using System.Diagnostics;
using System.Text;
using AtlasCloud.Soak;

namespace AtlasCloud.Samples.Tests;

/// <summary>Runs the sample in processes of its own, so that it can be killed.</summary>
public sealed class BatchTests : IDisposable
{
    private const int PromptCount = 100;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("batch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Batch_killed_in_the_middle_continues_and_pays_for_nothing_twice()
    {
        // 40 submits are answered. The next 16, as many as the client sends at a time, are accepted and charged, but their answers do not arrive.
        await using Emulator emulator = Emulator.Start(new EmulatorOptions
        {
            TimeScale = 0.1,
            Scenario = EmulatorScenario.Parse(
                """{"rules":[{"method":"POST","path":"/api/v1/model/generateImage","skip":40,"times":16,"delayMilliseconds":600000}]}"""),
        });
        using (Process killed = Start("--emulator", emulator.BaseUri.ToString(), "--output", _folder))
        {
            // At least one file is on disk, so that the next run finds requests in every state.
            await WaitUntilAsync(() => emulator.Charges.Count == 56 && Directory.GetFiles(_folder, "*.png").Length > 0);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        (int code, string output) = await RunAsync("--emulator", emulator.BaseUri.ToString(), "--output", _folder);

        Assert.True(code == 0, output);
        Assert.Contains("56 submitted earlier", output, StringComparison.Ordinal);
        Assert.Contains("44 to submit", output, StringComparison.Ordinal);
        Assert.Contains("Price: 44 x ", output, StringComparison.Ordinal);
        Assert.Equal(PromptCount, emulator.Charges.Count);
        Assert.Equal(PromptCount, emulator.Charges.Select(c => c.Body).Distinct().Count());
        Assert.Equal(PromptCount, Directory.GetFiles(_folder, "*.png").Length);
    }

    [Fact]
    public async Task Batch_run_again_after_it_finished_submits_nothing()
    {
        await using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });
        string prompts = Path.Combine(_folder, "prompts.txt");
        await File.WriteAllLinesAsync(prompts, ["a red kite", "", "a blue kite"]);
        string[] arguments = ["--emulator", emulator.BaseUri.ToString(), "--output", Path.Combine(_folder, "kites"), "--prompts", prompts];

        (int first, string firstOutput) = await RunAsync(arguments);
        (int second, string secondOutput) = await RunAsync(arguments);

        Assert.True(first == 0, firstOutput);
        Assert.True(second == 0, secondOutput);
        Assert.Contains("saved in all: 2 of 2", secondOutput, StringComparison.Ordinal);
        Assert.Equal(2, emulator.Charges.Count);
    }

    [Fact]
    public async Task Batch_with_a_budget_below_the_price_submits_nothing()
    {
        await using Emulator emulator = Emulator.Start(new EmulatorOptions { TimeScale = 0 });

        (int code, string output) = await RunAsync("--emulator", emulator.BaseUri.ToString(), "--output", _folder, "--budget", "0.0001");

        Assert.Equal(1, code);
        Assert.Contains("BudgetExceeded", output, StringComparison.Ordinal);
        Assert.Empty(emulator.Charges);
    }

    [Theory]
    [InlineData]
    [InlineData("--real", "--emulator", "http://127.0.0.1:1/")]
    [InlineData("--emulator", "https://example.com/")]
    [InlineData("--real", "--budget", "much")]
    public async Task Batch_with_invalid_arguments_prints_its_usage(params string[] arguments)
    {
        (int code, string output) = await RunAsync(arguments);

        Assert.Equal(1, code);
        Assert.StartsWith("usage: Batch", output, StringComparison.Ordinal);
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = DotNetHost.StartInfo(Path.Combine(AppContext.BaseDirectory, "Batch.dll"), arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        Process process = Process.Start(start)!;
        return process;
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        StringBuilder output = new();
        void Append(string? line)
        {
            // A stream ends with null, which can arrive before the first line of the other one.
            if (line is not null)
            {
                lock (output)
                {
                    output.AppendLine(line);
                }
            }
        }

        process.OutputDataReceived += (_, e) => Append(e.Data);
        process.ErrorDataReceived += (_, e) => Append(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.WaitForExitAsync().WaitAsync(s_timeout);
        return (process.ExitCode, output.ToString());
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !condition();)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_timeout, "The condition was not met in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
