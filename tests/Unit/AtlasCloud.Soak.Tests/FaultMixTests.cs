using AtlasCloud.Emulation.Chaos;

namespace AtlasCloud.Soak.Tests;

public sealed class FaultMixTests
{
    private const int Requests = 20_000;

    [Fact]
    public void Lies_do_not_change_which_request_gets_which_fault()
    {
        ChaosPlan reference = Plan(new SoakSettings { Seed = 7, Lies = 0 });
        ChaosPlan mixed = Plan(new SoakSettings { Seed = 7, Lies = 0.2 });

        foreach (RequestKind kind in Enum.GetValues<RequestKind>())
        {
            List<string?> names = Names(mixed, kind);
            Assert.Equal(Names(reference, kind), names.Select(name => name is not null && KnownLies.All.ContainsKey(name) ? null : name));
            Assert.Equal(KnownLies.All.Values.Where(lie => lie.Kinds.Contains(kind)).Select(lie => lie.Name).Order(), names.OfType<string>().Where(KnownLies.All.ContainsKey).Distinct().Order());
        }
    }

    [Fact]
    public void Run_without_lies_has_the_right_clock_and_one_account()
    {
        EmulatorScenario scenario = FaultMix.CreateScenario(new SoakSettings { Lies = 0 });

        Assert.Equal(TimeSpan.Zero, scenario.Clock.Offset);
        Assert.Empty(scenario.Keys);
    }

    [Fact]
    public void Clock_and_second_key_are_lies_that_can_be_selected()
    {
        EmulatorScenario clock = FaultMix.CreateScenario(new SoakSettings { Seed = 1, Only = "clock" });
        EmulatorScenario key = FaultMix.CreateScenario(new SoakSettings { Seed = 1, Only = "second-key" });

        Assert.Equal((TimeSpan.FromMinutes(-5), 0), (clock.Clock.Offset, clock.Keys.Count));
        Assert.Equal((TimeSpan.Zero, 1), (key.Clock.Offset, key.Keys.Count));
        Assert.DoesNotContain(Names(clock.Chaos!, RequestKind.Submit).OfType<string>(), KnownLies.All.ContainsKey);
    }

    [Fact]
    public void Unclear_responses_are_sent_with_and_without_a_task()
    {
        ChaosPlan plan = Plan(new SoakSettings { Rate = 0, Lies = 0.9, Only = "unclear-520" });

        List<bool> executes = [.. Enumerable.Range(1, 1000).Select(number => plan.FaultFor(RequestKind.Submit, number)).OfType<ChaosFault>().Select(fault => fault.Rule.Reply!.ExecutesRequest)];

        Assert.InRange(executes.Count(made => made) / (double)executes.Count, 0.4, 0.6);
    }

    private static ChaosPlan Plan(SoakSettings settings) => FaultMix.CreateScenario(settings).Chaos!;

    private static List<string?> Names(ChaosPlan plan, RequestKind kind) => [.. Enumerable.Range(1, Requests).Select(number => plan.FaultFor(kind, number)?.Name)];
}
