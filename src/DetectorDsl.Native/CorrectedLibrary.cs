using DetectorDsl.Native.Files;

namespace DetectorDsl.Native;

/// <summary>A library made loadable, to be written where nobody else can change it.</summary>
/// <param name="Image">The file's bytes.</param>
/// <param name="Hash">Hash of the library that it was made of.</param>
/// <param name="Name">The file's name.</param>
internal sealed record CorrectedLibrary(byte[] Image, string Hash, string Name)
{
    /// <summary>The copy in a folder for such copies, written where it is missing, damaged, or not this user's alone.</summary>
    /// <param name="folder">The folder; created where it is missing.</param>
    /// <returns>The copy's path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public string In(string folder)
    {
        var own = Path.Combine(folder, Hash);
        var target = Path.Combine(own, Name);
        if (!IsWhole(target))
        {
            Write(own, target);
        }

        return target;
    }

    /// <summary>Loads the copy from the first of the user's folders that nobody else can change, else from a passing one that is removed at once.</summary>
    /// <param name="roots">The user's folders for caches.</param>
    /// <param name="load">Loads a library; throws <see cref="DllNotFoundException" /> where that is not allowed.</param>
    /// <returns>The loaded library.</returns>
    /// <exception cref="DllNotFoundException">There is no folder to load from.</exception>
    public nint Load(IEnumerable<string> roots, Func<string, nint> load)
    {
        foreach (var root in roots)
        {
            try
            {
                var folder = CacheRoots.Below(root, "native");
                CacheRoots.CreateOwn(folder);
                if (PrivatePath.IsOwnThroughout(folder) && In(folder) is var copy && PrivatePath.IsOwn(Path.GetDirectoryName(copy)!))
                {
                    return load(copy);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException)
            {
                // A folder that cannot be written, or from which nothing may be executed: the next one.
            }
        }

        return LoadPassing(load);
    }

    private nint LoadPassing(Func<string, nint> load)
    {
        string? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("detectordsl-").FullName;
            return load(In(folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DllNotFoundException)
        {
            throw new DllNotFoundException(
                $"{Name}: this system needs a corrected copy of it, and there is no folder to load one from: {exception.Message.Split('\n')[0]} Set XDG_CACHE_HOME to a folder of your own that can be written.",
                exception
            );
        }
        finally
        {
            if (folder is not null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private bool IsWhole(string target) =>
        PrivatePath.IsOwn(target)
        && File.Exists(target)
        && new FileInfo(target).Length == Image.Length
        && File.ReadAllBytes(target).AsSpan().SequenceEqual(Image);

    // Several processes may start at once: each writes a file of its own and renames it, so the name never shows half a file.
    private void Write(string folder, string target)
    {
        CacheRoots.CreateOwn(folder);
        var temporary = $"{target}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new FileStream(temporary, Creation()))
            {
                file.Write(Image);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static FileStreamOptions Creation()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
