using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using DetectorDsl.Native.Files;

namespace DetectorDsl.Native;

/// <summary>
/// Loads libtorch and TorchSharp's own library when TorchSharp first needs them, so that they also load where the system's C++ runtime is
/// older than the one TorchSharp was built with (Debian 12, Ubuntu 22.04, RHEL 9). What needs no tensor, such as scoring a results file, does
/// not wait for hundreds of megabytes.
/// </summary>
public static class TorchLibrary
{
    private const string Binding = "libLibTorchSharp.so";
    private const string CppRuntime = "libstdc++.so.6";

    private static readonly Lazy<(nint Binding, Exception? Failure)> Loading = new(Load);

    /// <summary>Whether loading has been tried.</summary>
    internal static bool IsLoaded => Loading.IsValueCreated;

    /// <summary>Loads the libraries on Linux; does nothing elsewhere or when called again.</summary>
    /// <exception cref="DllNotFoundException">They cannot be loaded; the message says which version of what is lacking and the remedy.</exception>
    public static void EnsureLoaded()
    {
        if (Loading.Value.Failure is { } failure)
        {
            throw new DllNotFoundException(failure.Message, failure);
        }
    }

    // Where loading fails, TorchSharp's first use reports a failure of its own, and EnsureLoaded the true one.
#pragma warning disable CA2255 // A library needs it here: TorchSharp's first use may come before any call of ours.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        var assembly = typeof(TorchSharp.torch).Assembly;
        WaitingThreads.TurnShortly();
        try
        {
            // TorchSharp first loads its libraries by name, which asks the context where a search has failed, and then calls them, which asks here.
            AssemblyLoadContext.GetLoadContext(assembly)!.ResolvingUnmanagedDll += (_, library) => Resolve(library);
            NativeLibrary.SetDllImportResolver(assembly, (library, _, _) => Resolve(library));
        }
        catch (InvalidOperationException)
        {
            // The application finds TorchSharp's libraries itself; what is loaded already, it need not find.
            _ = Loading.Value;
        }
    }

    private static nint Resolve(string library)
    {
        var isBinding = Binding.Contains(library, StringComparison.Ordinal);
        return isBinding ? Loading.Value.Binding : 0;
    }

    private static (nint Binding, Exception? Failure) Load()
    {
        if (!OperatingSystem.IsLinux())
        {
            return default;
        }

        try
        {
            if (NativeFolders().FirstOrDefault(folder => File.Exists(Path.Combine(folder, Binding))) is not { } home)
            {
                // Not deployed by us: leave the search to TorchSharp.
                return default;
            }

            var shipped = Path.Combine(home, Binding);
            var corrected = FindCppRuntime() is { } provider ? LibraryCorrection.Corrected(shipped, CppRuntime, provider) : null;
            foreach (var library in new[] { "libtorch.so", "libtorch_cuda.so" })
            {
                if (NativeFolders().Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists) is { } path)
                {
                    NativeLibrary.Load(path);
                }
            }

            var binding = corrected?.Load(CacheRoots.All, NativeLibrary.Load) ?? NativeLibrary.Load(shipped);
            ConvolutionLibraries.DisableNnpack(home);
            return (binding, null);
        }
        catch (Exception exception)
        {
            // Whatever it is: thrown from here it would hide behind a failure to initialise some type.
            return (0, exception);
        }
    }

    private static IEnumerable<string> NativeFolders()
    {
        yield return AppContext.BaseDirectory;
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string listed)
        {
            foreach (var folder in listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                yield return folder;
            }
        }
    }

    // The runtime itself depends on the C++ library, so the process has already mapped the one that the loader chose.
    private static string? FindCppRuntime()
    {
        NativeLibrary.TryLoad(CppRuntime, out _);
        return File.ReadLines("/proc/self/maps")
            .Select(line => line.IndexOf('/') is var start and >= 0 ? line[start..] : "")
            .FirstOrDefault(path => Path.GetFileName(path).StartsWith(CppRuntime, StringComparison.Ordinal) && File.Exists(path));
    }
}
