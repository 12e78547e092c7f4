# The Debian package: what it holds beside the programs, what it needs, and its man pages, which are made from the help texts.
set(desktop ${PROJECT_SOURCE_DIR}/resources/desktop)
install(FILES ${desktop}/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${desktop}/geneglass.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${desktop}/geneglass.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${desktop}/geneglass-mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME geneglass.xml)
install(FILES ${desktop}/geneglass.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo
        RENAME org.geneglass.Geneglass.metainfo.xml)

set(man ${PROJECT_BINARY_DIR}/man)
add_custom_target(man_pages DEPENDS geneglass geneglass-cli COMMENT "Making the man pages"
  COMMAND ${PROJECT_SOURCE_DIR}/installer/man-pages ${CMAKE_RUNTIME_OUTPUT_DIRECTORY} ${man} ${PROJECT_VERSION})
install(DIRECTORY ${man}/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL FILES_MATCHING PATTERN "*.1.gz")

set(CPACK_PACKAGE_NAME geneglass)
set(CPACK_PACKAGE_CONTACT "The Geneglass authors <geneglass@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "viewer of whole-slide images that predicts gene expression")
set(CPACK_PACKAGE_DESCRIPTION
"Opens whole-slide images, predicts gene expression from the tissue, lays maps
and hotspots of each gene over the slide, each gene with its held-out
correlation, and exports annotated snapshots and reports. Trains and evaluates
such models. For research use only.")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What is loaded by name, which no library says: Qt's window on X11 and Wayland, the driver that draws without a card, letters.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "qt6-qpa-plugins, libgl1-mesa-dri, fonts-dejavu-core")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, qt6-translations-l10n")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_OUTPUT_FILE_PREFIX ${PROJECT_BINARY_DIR})
include(CPack)
