using System.Text;

namespace DetectorDsl.Annotations.Tests.Input;

/// <summary>Files of other kinds are called what they are.</summary>
public class FileKindTests
{
    [Theory]
    [InlineData("PK\u0003\u0004", "a zip archive")]
    [InlineData("BZh9", "compressed by bzip2")]
    [InlineData("\u00FD7zXZ\0", "compressed by xz")]
    [InlineData("(\u00B5/\u00FD", "compressed by zstd")]
    [InlineData("\u00FF\u00D8\u00FF\u00E0", "a JPEG image")]
    [InlineData("\u0089PNG\r\n", "a PNG image")]
    [InlineData("GIF89a", "a GIF image")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", "a WebP image")]
    [InlineData("\u0080\u0004\u0095", "a Python pickle")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "git lfs pull")]
    [InlineData("\u00FF\u00FE{\0", "text in UTF-16")]
    [InlineData("{\0\"\0i\0", "text in UTF-16")]
    [InlineData("\0{\0\"\0i", "text in UTF-16")]
    [InlineData("\n <!DOCTYPE html>", "a web page")]
    [InlineData("<HTML>", "a web page")]
    [InlineData("<?xml version='1.0'?>", "XML")]
    [InlineData("8\0\0\0\0\0\0\0{\"a\"", "the safetensors format")]
    public void AKind_IsNamed(string head, string expected) =>
        Assert.Contains(expected, FileKind.Describe(Encoding.Latin1.GetBytes(head)), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"images\": []}")]
    [InlineData("[{\"image_id\": 1}]")]
    [InlineData("\u00EF\u00BB\u00BF{}")]
    [InlineData("")]
    [InlineData("BM")]
    [InlineData("7")]
    public void Json_IsNone(string head) => Assert.Null(FileKind.Describe(Encoding.Latin1.GetBytes(head)));
}
