using AtlasCloud.PowerShell.Commands;

namespace AtlasCloud.PowerShell.Tests.Plain;

public sealed class ModelParameterTextTests
{
    [Fact]
    public void Allowed_lists_a_few_values() =>
        Assert.Equal("true, 5, 0.5, auto", ModelParameterText.Allowed(Some(p => p with { AllowedValues = [true, 5L, 0.50m, "auto"] })));

    [Fact]
    public void Allowed_truncates_many_values_between_two()
    {
        string text = ModelParameterText.Allowed(Some(p => p with { AllowedValues = [.. Enumerable.Range(0, 90).Select(n => (object?)$"value-{n}")] }));

        Assert.Equal("value-0, value-1, value-2, value-3, value-4, …", text);
    }

    [Fact]
    public void Allowed_never_truncates_a_single_value() =>
        Assert.Equal(new string('x', 90), ModelParameterText.Allowed(Some(p => p with { AllowedValues = [new string('x', 90)] })));

    [Fact]
    public void Values_include_labels() =>
        Assert.Equal(["-1 (Smart)", "4"], ModelParameterText.Values(Some(p => p with { AllowedValues = [-1L, 4L], Labels = new() { ["-1"] = "Smart", ["4"] = "4" } })));

    [Fact]
    public void Allowed_returns_the_limits_without_values()
    {
        Assert.Equal("1..15 step 0.5", ModelParameterText.Allowed(Some(p => p with { Minimum = 1.0m, Maximum = 15, Step = 0.5m })));
        Assert.Equal("from 0", ModelParameterText.Allowed(Some(p => p with { Minimum = 0, Step = 1 })));
        Assert.Equal("to 2000 characters", ModelParameterText.Allowed(Some(p => p with { MaximumLength = 2000 })));
        Assert.Equal("1..9 items", ModelParameterText.Allowed(Some(p => p with { MinimumCount = 1, MaximumCount = 9 })));
        Assert.Equal("", ModelParameterText.Allowed(Some(p => p)));
    }

    private static ModelParameter Some(Func<ModelParameter, ModelParameter> change) => change(new ModelParameter { Name = "size" });
}
