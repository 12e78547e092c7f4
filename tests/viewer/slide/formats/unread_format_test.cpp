// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/unread_format.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/support/test_program.h"
#include "viewer/slide/open_slide.h"

namespace geneglass::unread_format_test {

class UnreadFormatTest final : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsNoSlideIsSaidToBeWhatItIs_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const QByteArray& content, const char* reason) {
      QTest::addRow("%s, %.30s", name, reason) << content << QByteArray(name) << QByteArray(reason);
    };
    row("a.svs", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n",
        "it is a pointer of Git LFS, not the slide itself: 'git lfs pull' fetches that");
    row("a.svs", "\n <!DOCTYPE HTML><title>Sign in</title>",
        "it is a web page, as a download leaves that met a login or an error");
    row("a.svs", "<html>", "it is a web page, as a download leaves that met a login or an error");
    row("a.svs", "PK\3\4rest", "it is a ZIP archive: unpack it first");
    row("a.svs", "\x1f\x8b\x08", "it is compressed with gzip: unpack it first");
    row("a.svs", QByteArray(257, 'a') + "ustar", "it is a tar archive: unpack it first");
    row("a.svs", QByteArray("\0\5\x16\7\0\2", 6),
        "it holds what macOS keeps beside a file on foreign disks ('._'), not the file itself");
    row("a.dcm", QByteArray(128, '\0') + "DICM", "it is DICOM, but damaged before it says what it shows");
    row("a.pdf", "%PDF-1.7", "it is a PDF, not a slide");
    row("lost.mrxs", "anything", "a MIRAX slide needs its folder 'lost' beside it, which is not there");
    row("bare.mrxs", "anything", "its folder 'bare' lacks the file 'Slidedat.ini'");
    row("a.bmp", "BM" + QByteArray(4, 'x') + QByteArray(8, '\0') + "\x28" + QByteArray(40, '\0'),
        "it is a BMP, which is not read: save it as PNG");
    row("a.svs", "BM and more words than these", "no reader knows this format");
    row("a.svs", "PK", "no reader knows this format");
    row("a.svs", "no slide", "no reader knows this format");
  }
  void whatIsNoSlideIsSaidToBeWhatItIs() {
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, reason);
    const QTemporaryDir folder;
    std::filesystem::create_directory(folder.path().toStdString() + "/bare");
    const std::string file = folder.path().toStdString() + "/" + name.toStdString();
    std::ofstream(file, std::ios::binary) << content.toStdString();
    QCOMPARE(openSlide(file).error().sentence, "Cannot open '" + file + "': " + reason.toStdString() + ".");
  }

  void aFolderOfZarrIsNamed() {
    const QTemporaryDir folder;
    std::ofstream(folder.path().toStdString() + "/.zattrs") << "{}";
    QCOMPARE(openSlide(folder.path().toStdString()).error().sentence,
             "Cannot open '" + folder.path().toStdString() +
                 "': it is a folder of Zarr that holds no OME-Zarr picture.");
  }
};

}  // namespace geneglass::unread_format_test

GENEGLASS_TEST(geneglass::unread_format_test::UnreadFormatTest)
#include "unread_format_test.moc"
