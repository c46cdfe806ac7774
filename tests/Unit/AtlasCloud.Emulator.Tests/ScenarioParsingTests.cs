namespace AtlasCloud.Emulation.Tests;

public sealed class ScenarioParsingTests
{
    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{\n  \"rules\": [\n    {,}\n  ]\n}", "line 3")]
    [InlineData("[]", "$: expected an object")]
    [InlineData("{}", "$.rules")]
    [InlineData("{\"rules\":[],\"rules\":[]}", "$: the member 'rules' occurs twice")]
    [InlineData("{\"rules\":[{\"chat\":{\"finish\":\"stop\",\"finish\":\"stop\"}}]}", "$.rules[0].chat: the member 'finish' occurs twice")]
    [InlineData("{\"rule\":[]}", "$.rule: unknown member")]
    [InlineData("{\"rules\":[{\"pth\":\"/x\"}]}", "$.rules[0].pth: unknown member")]
    [InlineData("{\"rules\":[{},{\"fault\":\"explode\"}]}", "$.rules[1].fault: unknown value 'explode'")]
    [InlineData("{\"rules\":[{\"task\":{\"end\":\"bad\"}}]}", "$.rules[0].task.end")]
    [InlineData("{\"rules\":[{\"task\":{\"length\":1}}]}", "$.rules[0].task.length")]
    [InlineData("{\"rules\":[{\"reply\":{\"sample\":\"errors/none.json\"}}]}", "$.rules[0].reply.sample: unknown sample")]
    [InlineData("{\"rules\":[{\"variant\":\"submit/none.json\"}]}", "$.rules[0].variant")]
    [InlineData("{\"rules\":[{\"reply\":{\"status\":99}}]}", "$.rules[0].reply.status")]
    [InlineData("{\"rules\":[{\"times\":-1}]}", "$.rules[0].times")]
    [InlineData("{\"rules\":[{\"times\":\"2\"}]}", "$.rules[0].times: expected a number")]
    [InlineData("{\"rules\":[{\"probability\":2}]}", "$.rules[0].probability")]
    [InlineData("{\"rules\":[{\"path\":7}]}", "$.rules[0].path: expected a string")]
    [InlineData("{\"rules\":[{\"chat\":{\"txt\":\"a\"}}]}", "$.rules[0].chat.txt: unknown member")]
    [InlineData("{\"rules\":[{\"chat\":{\"texts\":\"a\"}}]}", "$.rules[0].chat.texts: expected a list")]
    [InlineData("{\"rules\":[{\"chat\":{\"texts\":[7]}}]}", "$.rules[0].chat.texts[0]: expected a string")]
    [InlineData("{\"rules\":[{\"chat\":{\"toolRounds\":[{}]}}]}", "$.rules[0].chat.toolRounds[0]: expected a list")]
    [InlineData("{\"rules\":[{\"chat\":{\"toolRounds\":[[{\"arguments\":{}}]]}}]}", "$.rules[0].chat.toolRounds[0][0].name: expected a string")]
    [InlineData("{\"rules\":[{\"chat\":{\"finish\":\"never\"}}]}", "$.rules[0].chat.finish: unknown value 'never'")]
    [InlineData("{\"rules\":[{\"events\":-1}]}", "$.rules[0].events")]
    [InlineData("{\"rules\":[7]}", "$.rules[0]: expected an object")]
    [InlineData("{\"rules\":7,\"restrictedKey\":true}", "$.rules: expected a list")]
    [InlineData("{\"restrictedKey\":1}", "$.restrictedKey: expected true or false")]
    [InlineData("{\"history\":{}}", "$.history.days")]
    [InlineData("{\"history\":{\"days\":4000}}", "$.history.days: expected at most 3650")]
    [InlineData("{\"history\":{\"days\":1,\"models\":0}}", "$.history.models")]
    [InlineData("{\"catalog\":{}}", "$.catalog: expected a list")]
    [InlineData("{\"catalog\":[{\"gone\":true}]}", "$.catalog[0].model")]
    [InlineData("{\"catalog\":[{\"model\":\"a\"}]}", "$.catalog[0]: expected gone, price, schema or entry")]
    [InlineData("{\"catalog\":[{\"model\":\"a\",\"entry\":7}]}", "$.catalog[0].entry: expected an object")]
    [InlineData("{\"catalog\":[{\"model\":\"a\",\"entry\":{\"model\":null}}]}", "$.catalog[0].entry.model: expected a string")]
    [InlineData("{\"catalog\":[{\"model\":\"a\",\"price\":\"free\"}]}", "$.catalog[0].price: expected a price")]
    [InlineData("{\"catalog\":[{\"model\":\"a\",\"price\":{\"base_price\":-1}}]}", "$.catalog[0].price.base_price: expected a price")]
    [InlineData("{\"catalog\":[{\"model\":\"a\",\"schema\":7}]}", "$.catalog[0].schema: expected an object")]
    [InlineData("{\"catalog\":[{\"model\":\"a\",\"gone\":true,\"afterRequest\":7}]}", "$.catalog[0].afterRequest: unknown member")]
    [InlineData("{\"chaos\":7}", "$.chaos: expected an object")]
    [InlineData("{\"chaos\":{}}", "$.chaos.rate: 'drop-before' needs a rate")]
    [InlineData("{\"chaos\":{\"rate\":2}}", "$.chaos.rate: expected a number from 0 to 1")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"fault\":[]}}", "$.chaos.fault: unknown member")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[]}}", "$.chaos.faults: expected a list")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[\"explode\"]}}", "$.chaos.faults[0]: unknown value 'explode'")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{}]}}", "$.chaos.faults[0].fault: expected a string")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"reset\",\"on\":\"poll\"}]}}", "$.chaos.faults[0].on: expected a list")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"reset\",\"on\":[\"pol\"]}]}}", "$.chaos.faults[0].on: unknown value 'pol'")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"stuck\",\"on\":[\"poll\"]}]}}", "'stuck' does not apply to poll, only to submit")]
    [InlineData("{\"chaos\":{\"faults\":[{\"fault\":\"stuck\",\"rate\":0.6},{\"fault\":\"reset\",\"rate\":0.6}]}}", "$.chaos: the rates for submit add up to more than 1")]
    [InlineData("{\"chaos\":{\"faults\":[{\"fault\":\"stuck\",\"rate\":0.1},\"reset\"]}}", "$.chaos.rate: 'reset' needs a rate")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"reset\",\"milliseconds\":5}]}}", "$.chaos.faults[0].milliseconds: 'reset' has no duration")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"reset\",\"headers\":{}}]}}", "$.chaos.faults[0].headers: 'reset' is not a reply")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"stall\",\"afterwards\":true}]}}", "$.chaos.faults[0].afterwards: 'stall' is not a reply")]
    [InlineData("{\"rules\":[{\"reply\":{\"patch\":7}}]}", "$.rules[0].reply.patch: expected an object")]
    [InlineData("{\"rules\":[{\"reply\":{\"patch\":{},\"body\":{}}}]}", "$.rules[0].reply.patch: it changes the normal response")]
    [InlineData("{\"rules\":[{\"reply\":{\"patch\":{},\"afterwards\":false}}]}", "$.rules[0].reply.afterwards: a patch needs the normal response")]
    [InlineData("{\"rules\":[{\"fault\":\"accepted-201\",\"reply\":{}}]}", "$.rules[0].reply: the fault 'accepted-201' already sets it")]
    [InlineData("{\"rules\":[{\"fault\":\"outputs-file\",\"task\":{}}]}", "$.rules[0].task: the fault 'outputs-file' already sets it")]
    [InlineData("{\"rules\":[{\"task\":{\"reads\":\"failed\"}}]}", "$.rules[0].task.reads: expected a list")]
    [InlineData("{\"rules\":[{\"task\":{\"reads\":[\"faild\"]}}]}", "$.rules[0].task.reads[0]: unknown value 'faild'")]
    [InlineData("{\"rules\":[{\"task\":{\"outputs\":\"tree\"}}]}", "$.rules[0].task.outputs: unknown value 'tree'")]
    [InlineData("{\"rules\":[{\"task\":{\"price\":[1]}}]}", "$.rules[0].task.price: expected a number or a string")]
    [InlineData("{\"rules\":[{\"historyPage\":{\"items\":\"data.rows\"}}]}", "$.rules[0].historyPage.items: unknown value 'data.rows'")]
    [InlineData("{\"rules\":[{\"historyPage\":{\"sort\":\"x\"}}]}", "$.rules[0].historyPage.sort: unknown member")]
    [InlineData("{\"rules\":[{\"historyPage\":{\"zoneHours\":15}}]}", "$.rules[0].historyPage.zoneHours: expected a number from -14 to 14")]
    [InlineData("{\"rules\":[{\"clock\":{}}]}", "$.rules[0].clock.offsetMilliseconds: expected a number")]
    [InlineData("{\"clock\":{\"offsetMilliseconds\":1e12}}", "$.clock.offsetMilliseconds: expected a number of milliseconds")]
    [InlineData("{\"keys\":\"a\"}", "$.keys: expected a list of API keys")]
    [InlineData("{\"keys\":[\"a\",\"a\"]}", "$.keys[1]: expected an API key")]
    [InlineData("{\"keys\":[\"a b\"]}", "$.keys[0]: expected an API key")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[\"histry-*\"]}}", "$.chaos.faults[0]: unknown value 'histry-*'")]
    [InlineData("{\"chaos\":{\"rate\":0.1,\"faults\":[{\"fault\":\"other-id\",\"afterwards\":false}]}}", "$.chaos.faults[0].afterwards: 'other-id' changes the normal response")]
    public void Invalid_scenario_reports_the_path_and_the_reason(string json, string message)
    {
        FormatException exception = Assert.Throws<FormatException>(() => EmulatorScenario.Parse(json));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_accepted()
    {
        EmulatorScenario scenario = EmulatorScenario.Parse("{ /* two */ \"seed\": 3, \"rules\": [ {}, {\"task\":{\"pending\":false}}, ] }");

        Assert.Equal((2, 3, "2 rules"), (scenario.RuleCount, scenario.Seed, scenario.ToString()));
    }

    [Fact]
    public void Error_in_a_file_contains_the_file_name()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{}");
            Assert.StartsWith(path, Assert.Throws<FormatException>(() => EmulatorScenario.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
