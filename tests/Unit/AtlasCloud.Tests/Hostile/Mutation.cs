namespace AtlasCloud.Tests.Hostile;

/// <summary>What is done to a recorded reply before it is answered.</summary>
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
