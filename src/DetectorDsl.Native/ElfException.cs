namespace DetectorDsl.Native;

/// <summary>A file is not the ELF library it should be.</summary>
/// <param name="message">What is wrong with it.</param>
public sealed class ElfException(string message) : Exception(message);
