namespace AtlasCloud.Tests.Hostile;

/// <summary>A change of a recorded response.</summary>
internal enum Mutation
{
    None,
    BitFlipped,
    ByteReplaced,
    Cut,
    CutInsideCharacter,
    SliceDuplicated,
    SlicesSwapped,
    ControlInserted,
    ControlInText,
    NumberReplaced,
    TextOfOneMegabyte,
    ArraysNested,
    ObjectsNested,
    MemberRemoved,
    MemberDuplicated,
    TypeChanged,
    NullEverywhere,
    KeysInOtherCase,
    ManyElements,
    TrailingGarbage,
    Empty,
    Gzip,
    Html,
    SecondDocument,
}
