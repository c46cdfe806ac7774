using System.Runtime.InteropServices;

/// <summary>
/// Repairs exception handling under Wine (8.0) before the Main of every .NET process of these tests. Wine keeps a list of exception frames per
/// thread. .NET leaves exception handlers without telling Wine, so the list keeps frames that no longer exist, the next exception jumps into
/// one of them, and the process hangs. This handler sees every exception first. It empties the list for exceptions of .NET and of the processor;
/// for all others, such as those that Wine's RPC throws and catches itself, only if the first frame is below the stack pointer.
/// </summary>
internal static class StartupHook
{
    private const uint CommitAndReserve = 0x3000;
    private const uint ExecuteReadWrite = 0x40;

    // Machine code, because managed code cannot run at that moment.
    private static readonly byte[] s_handler =
    [
        0x48, 0x8B, 0x01,                                                             // mov rax, [rcx]         the exception
        0x8B, 0x00,                                                                   // mov eax, [rax]         its code
        0x3D, 0x78, 0x56, 0x34, 0x02,                                                 // cmp eax, 2345678h      raised by .NET
        0x74, 0x1D,                                                                   // je empty
        0x85, 0xC0,                                                                   // test eax, eax          an error
        0x78, 0x19,                                                                   // js empty
        0x48, 0x8B, 0x51, 0x08,                                                       // mov rdx, [rcx+8]       the context
        0x48, 0x8B, 0x92, 0x98, 0x00, 0x00, 0x00,                                     // mov rdx, [rdx+98h]     its stack pointer
        0x65, 0x48, 0x8B, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00,                         // mov rax, gs:[0]        the first frame
        0x48, 0x39, 0xD0,                                                             // cmp rax, rdx
        0x73, 0x0D,                                                                   // jae end
        0x65, 0x48, 0xC7, 0x04, 0x25, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, // empty: mov gs:[0], -1  no frame
        0x31, 0xC0,                                                                   // end: xor eax, eax      continue the search
        0xC3,                                                                         // ret
    ];

    public static void Initialize()
    {
        nint memory = VirtualAlloc(0, s_handler.Length, CommitAndReserve, ExecuteReadWrite);
        Marshal.Copy(s_handler, 0, memory, s_handler.Length);
        AddVectoredExceptionHandler(1, memory);
    }

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint VirtualAlloc(nint address, nint size, uint type, uint protection);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint AddVectoredExceptionHandler(uint first, nint handler);
}
