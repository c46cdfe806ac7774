namespace AtlasCloud.Tests;

public sealed class OutputEnumTests
{
    // ConvertTo-Json writes the name of an enum that is based on long, and the number of any other.
    [Fact]
    public void Enums_of_result_types_are_based_on_long()
    {
        Type[] enums =
        [
            .. typeof(Prediction).Assembly.GetExportedTypes()
                .Where(t => t.IsClass)
                .SelectMany(t => t.GetProperties())
                .Where(p => p.CanRead)
                .Select(p => Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType)
                .Where(t => t.IsEnum && t.Assembly == typeof(Prediction).Assembly)
                .Distinct(),
        ];

        Assert.Contains(typeof(ModelKind), enums);
        Assert.All(enums, e => Assert.Equal(typeof(long), Enum.GetUnderlyingType(e)));
    }
}
