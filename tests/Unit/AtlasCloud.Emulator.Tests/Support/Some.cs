namespace AtlasCloud.Emulation.Tests.Support;

/// <summary>Valid requests for tests.</summary>
internal static class Some
{
    internal const string ImageModel = "black-forest-labs/flux-schnell";
    internal const string ChatModel = "deepseek-ai/deepseek-v3.2";

    /// <summary>An image request. Additional members start with a comma.</summary>
    internal static string ImageBody(string more = "") => $$"""{"model":"{{ImageModel}}","prompt":"a lighthouse"{{more}}}""";

    internal static string VideoBody(string more = "") =>
        $$"""{"model":"bytedance/seedance-v1.5-pro/text-to-video","prompt":"waves","duration":4{{more}}}""";

    internal static string SpeechBody(string text = "Good morning") => $$"""{"model":"xai/tts-v1","text":"{{text}}","language":"en"}""";

    internal static string Chat(string text, string more = "") =>
        $$"""{"model":"{{ChatModel}}","messages":[{"role":"user","content":"{{text}}"}]{{more}}}""";
}
