using System.Globalization;
using System.Text;

namespace DetectorDsl.Hosting.CommandLine;

/// <summary>What becomes of an exception that no one foresaw: one line for the person, the rest in a file.</summary>
internal static class DefectReport
{
    /// <summary>Keeps an exception.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>What a person is told.</returns>
    public static string Keep(Exception exception)
    {
        var first = exception is AggregateException { InnerExceptions: [var inner, ..] } ? inner : exception;
        var what = $"A defect of the program ({first.GetType().Name}: {first.Message.Split('\n')[0].Trim()})";
        var path = Path.Combine(
            Path.GetTempPath(),
            string.Create(
                CultureInfo.InvariantCulture,
                $"detectordsl-defect-{DateTime.UtcNow:yyyyMMdd-HHmmss}-{Environment.ProcessId}-{Environment.TickCount64 % 1000}.txt"
            )
        );
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, new UTF8Encoding(false), options);
            writer.WriteLine(
                $"DetectorDsl {typeof(DefectReport).Assembly.GetName().Version}, {Environment.OSVersion}, .NET {Environment.Version}"
            );
            writer.WriteLine(exception);
            return $"{what}. Where it arose stands in {path}; report it with that file.";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"{what}, at {first.StackTrace?.Split('\n')[0].Trim()}; report it.";
        }
    }
}
