namespace AtlasCloud.Tests;

/// <summary>The times and the unit of the price, which compare predictions of several models.</summary>
public sealed class PredictionTimeTests
{
    private static readonly DateTimeOffset s_created = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(12, 10, 2.0)]
    [InlineData(10, 10, 0.0)]
    [InlineData(9, 10, null)]
    [InlineData(null, 10, null)]
    [InlineData(12, null, null)]
    public void QueueTime_is_the_time_without_the_processing_time(int? total, int? run, double? expected)
    {
        Prediction prediction = Some.Prediction() with
        {
            CreatedAt = s_created,
            CompletedAt = total is int seconds ? s_created.AddSeconds(seconds) : null,
            RunTime = run is int length ? TimeSpan.FromSeconds(length) : null,
        };

        Assert.Equal(expected, prediction.QueueTime?.TotalSeconds);
    }

    [Fact]
    public void PriceUnit_is_known_with_the_price()
    {
        Assert.Null(Some.Prediction().PriceUnit);
        Assert.Equal("prediction", (Some.Prediction() with { Price = 0.08m }).PriceUnit);
    }
}
