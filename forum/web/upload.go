package web

import (
	"mime/multipart"
	"strings"

	"github.com/gabriel-vasile/mimetype"
	"github.com/gofiber/fiber/v2"

	"github.com/samraad/samraad/forum"
	"github.com/samraad/samraad/templates"
	pages "github.com/samraad/samraad/templates/forum"
)

// What papers may be: bytes of one, and their number in a form.
const (
	largestPaper = forum.LargestPaper
	mostPapers   = 20
)

// uploads are the papers of the form: those kept from an earlier try, and the
// files that come now, their bytes put away. What cannot be taken is named.
func (v *Visit) uploads() ([]forum.Paper, pages.Mistakes, error) {
	form, err := v.c.MultipartForm()
	if err != nil {
		if strings.HasPrefix(v.c.Get(fiber.HeaderContentType), fiber.MIMEMultipartForm) {
			return nil, nil, fiber.ErrBadRequest
		}
		return nil, nil, nil // a form without files
	}
	var papers []forum.Paper
	var mistakes pages.Mistakes
	leaveOut := func(key string, args ...any) {
		mistakes = append(mistakes, templates.Mistake{Field: "papers", Text: v.Text.T(key, args...)})
	}
	for _, ticket := range form.Value["kept"] {
		paper, ok := v.redeem(ticket)
		if !ok {
			leaveOut("error.paper.lost", "Name", paper.Name)
			continue
		}
		papers = append(papers, paper)
	}
	for _, file := range form.File["papers"] {
		name := forum.PaperName(clean(file.Filename))
		switch {
		case name == "":
		case file.Size == 0:
			leaveOut("error.paper.empty", "Name", name)
		case file.Size > largestPaper:
			leaveOut("error.paper.too_large", "Name", name, "Size", v.Text.Size(file.Size), "Most", v.Text.Size(largestPaper))
		case len(papers) >= mostPapers:
			leaveOut("error.paper.too_many", "Name", name, "Most", mostPapers)
		default:
			paper, err := v.put(file, name)
			if err != nil {
				return nil, nil, err
			}
			papers = append(papers, paper)
		}
	}
	return papers, mistakes, nil
}

// put stores the bytes of a file before any transaction names them.
func (v *Visit) put(file *multipart.FileHeader, name string) (forum.Paper, error) {
	content, err := file.Open()
	if err != nil {
		return forum.Paper{}, err
	}
	defer content.Close()
	sniffed, err := mimetype.DetectReader(content)
	if err != nil {
		return forum.Paper{}, err
	}
	if _, err := content.Seek(0, 0); err != nil {
		return forum.Paper{}, err
	}
	digest, size, err := v.options.Files.Put(v.ctx, content)
	return forum.Paper{Name: name, Type: sniffed.String(), Size: size, Digest: digest}, err
}
