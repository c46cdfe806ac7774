namespace AtlasCloud.Tests;

public sealed class ModelTests
{
    private static readonly Model s_model = new()
    {
        Id = "suno/chirp-v5",
        DisplayName = "Chirp 5",
        Type = "Audio",
        Kind = ModelKind.Music,
        Provider = "suno",
        Description = "Songs with vocals",
        Categories = ["TEXT_TO_MUSIC"],
    };

    [Theory]
    [InlineData("audio", true)]
    [InlineData("Music", true)]
    [InlineData("TTS", false)]
    [InlineData("Image", false)]
    public void IsOfType_compares_type_and_kind(string name, bool expected) => Assert.Equal(expected, s_model.IsOfType(name));

    [Theory]
    [InlineData("3D", ModelKind.ThreeD)]
    [InlineData("llm", ModelKind.Chat)]
    [InlineData("text-to-speech", ModelKind.Speech)]
    [InlineData("Speech To Text", ModelKind.Transcription)]
    public void IsOfType_accepts_aliases(string name, ModelKind kind) => Assert.True((s_model with { Kind = kind }).IsOfType(name));

    [Theory]
    [InlineData("", true)]
    [InlineData("chirp vocals", true)]
    [InlineData("MUSIC suno", true)]
    [InlineData("chirp video", false)]
    public void MatchesSearch_requires_every_word(string words, bool expected) => Assert.Equal(expected, s_model.MatchesSearch(words));

    [Theory]
    [InlineData("bytedance/seedance-3.0/text-to-video", ModelKind.Video)]
    [InlineData("tripo/mesh-2", ModelKind.ThreeD)]
    [InlineData("some/flux-9", ModelKind.Image)]
    [InlineData("some/thing", ModelKind.Unknown)]
    [InlineData(null, ModelKind.Unknown)]
    public void GuessFromId_uses_the_words_of_the_ID(string? id, ModelKind expected) => Assert.Equal(expected, ModelKinds.GuessFromId(id));
}
