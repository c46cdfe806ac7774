using System.Collections;
using System.Collections.Specialized;
using AtlasCloud.Json;

namespace AtlasCloud.Tests;

public sealed class TextualDictionaryTests
{
    [Fact]
    public void Text_of_a_dictionary_is_its_JSON()
    {
        OrderedDictionary members = JsonValues.ToDictionary(Some.Json("""{"prompt":"a \"boat\"\n","n":1.5,"on":true,"none":null,"list":[1,{"x":"é"}]}"""), _ => true, exact: true);

        Assert.Equal("""{"prompt":"a \"boat\"\n","n":1.5,"on":true,"none":null,"list":[1,{"x":"é"}]}""", members.ToString());
        Assert.Equal("""{"x":"é"}""", ((object[])members["list"]!)[1].ToString());
    }

    [Fact]
    public void Text_of_an_empty_dictionary_is_empty()
    {
        Assert.Equal("", JsonValues.ToDictionary(Some.Json("{}"), _ => true).ToString());
        Assert.Equal("", new Model { Id = "m", Type = "Image" }.AdditionalProperties.ToString());
    }

    [Fact]
    public void Dictionary_is_read_only_for_users_of_its_interface()
    {
        IOrderedDictionary members = JsonValues.ToDictionary(Some.Json("""{"Seed":7}"""), _ => true);

        Assert.Equal(7L, members["seed"]);
        Assert.True(((IDictionary)members).IsReadOnly);
        Action[] changes = [() => members["seed"] = 8, () => members[0] = 8, () => members.Add("x", 1), () => members.Insert(0, "x", 1), () => members.Remove("seed"), () => members.RemoveAt(0), members.Clear];
        Assert.All(changes, c => Assert.Throws<NotSupportedException>(c));
        Assert.Equal(7L, members["SEED"]);
    }
}
